// The ten walls of 2 March 2021, one for each town. Lengths are in pixels of the drawing, from its middle.
const date = '۱۲ اسفند ۱۳۹۹';
const base = {
  A01: {
    town: 'tehran', kind: 'poster', portrait: true, gps: [35.6997, 51.3994], time: '21:47:12', seed: 101,
    wall: { kind: 'stone', base: [196, 186, 168], pw: 620, ph: 330 },
    posters: [{
      x: 0, y: -60, width: 760, turn: -0.022, art: 'hills', paper: '#ece8dd', ink: '#191817', tape: 'rgba(205,196,160,.55)',
      lines: [
        { text: 'سراوان', font: 'Lalezar', size: 178, y: 690 },
        { text: 'تنها نیست', font: 'Lalezar', size: 134, y: 808 },
        { text: `تهران، ${date}`, font: 'Vazirmatn', weight: 500, size: 27, y: 868 },
      ],
    }],
    light: [-620, -900, 620, 900], lamp: [1.3, 0.98, 0.62], ambient: [0.06, 0.075, 0.12],
    ground: 760, floor: [120, 118, 114], tree: [900, -900, 2.3, 330], shadowDepth: 0.5, shadowBlur: 10,
    camera: [0.07, 0.05, 0.014, 1.02], grain: 7,
  },
  A02: {
    town: 'zanjan', kind: 'poster', gps: [36.6736, 48.4787], time: '00:40:22', seed: 202,
    wall: { kind: 'brick', base: [158, 92, 68], mortar: [150, 140, 128], bw: 168, bh: 52 },
    posters: [-330, 345].map((x, i) => ({
      x, y: -50 + i * 22, width: 540, turn: i ? 0.028 : -0.012, art: 'can', paper: i ? '#e6dcc0' : '#ebe3cc', ink: '#1d1a17',
      lines: [
        { text: 'سوخت‌بر هم', font: 'Vazirmatn', weight: 900, size: 96, y: 640 },
        { text: 'حق زندگی دارد', font: 'Vazirmatn', weight: 900, size: 88, y: 752 },
        { text: `زنجان، ${date}`, font: 'Vazirmatn', weight: 500, size: 27, y: 850 },
      ],
    })),
    light: [900, -760, 520, 900], lamp: [1.25, 1.05, 0.8], ambient: [0.07, 0.08, 0.12],
    ground: 520, floor: [96, 96, 98], cable: [-420, -250, -360], shadowDepth: 0.55, shadowBlur: 6,
    camera: [-0.13, 0.03, -0.012, 1.0], grain: 6,
  },
  A03: {
    town: 'shiraz', kind: 'poster', portrait: true, gps: [29.6103, 52.5311], time: '05:58:03', seed: 303,
    wall: { kind: 'plaster', base: [205, 178, 140], under: [168, 116, 82], flake: 0.62 },
    posters: [{
      x: 20, y: -40, width: 700, turn: 0.018, art: 'voice', paper: '#f1eee6', ink: '#22343c',
      lines: [
        { text: 'صدای سراوان', font: 'Vazirmatn', weight: 800, size: 98, y: 672 },
        { text: 'باشیم', font: 'Vazirmatn', weight: 800, size: 98, y: 788 },
        { text: `شیراز، ${date}`, font: 'Vazirmatn', weight: 500, size: 27, y: 862 },
      ],
    }],
    light: [700, -700, 1300, 1800], lamp: [0.62, 0.6, 0.56], ambient: [0.2, 0.23, 0.29],
    ground: 800, floor: [140, 130, 118], tree: [-850, -760, 0.75, 320], shadowDepth: 0.5, shadowBlur: 9,
    camera: [-0.06, -0.04, 0.01, 1.0], grain: 4,
  },
  A04: {
    town: 'mashhad', kind: 'poster', gps: [36.2972, 59.6067], time: '22:31:55', seed: 404,
    wall: { kind: 'concrete', base: [150, 150, 147], pw: 760, ph: 560 },
    posters: [{
      x: -40, y: -20, width: 600, turn: 0.012, art: 'candles', paper: '#1b1b1d', ink: '#ded9cb', tape: 'rgba(222,220,210,.6)',
      lines: [
        { text: 'به یاد', font: 'Vazirmatn', weight: 500, size: 62, y: 628 },
        { text: 'جان‌باختگان سراوان', font: 'Vazirmatn', weight: 800, size: 70, y: 740 },
        { text: `مشهد، ${date}`, font: 'Vazirmatn', weight: 400, size: 27, y: 846 },
      ],
    }],
    light: [-260, -820, 560, 820], lamp: [1.02, 1.12, 1.22], ambient: [0.07, 0.08, 0.11],
    ground: 500, floor: [110, 110, 112], pole: 560, shadowDepth: 0.6, shadowBlur: 16,
    camera: [0.1, 0.06, 0.008, 1.0], grain: 7,
  },
  A05: {
    town: 'ahvaz', kind: 'slogan', gps: [31.3203, 48.6693], time: '23:05:21', seed: 505,
    wall: { kind: 'block', base: [190, 176, 146], low: [92, 128, 138], bare: [150, 146, 138], band: 1180 },
    slogan: {
      kind: 'spray', font: 'Playpen Sans Arabic', weight: 600, ink: [26, 24, 26], soft: 4, stroke: 7, drips: 9, wobble: 12, slope: 0.02,
      lines: [{ text: 'اهواز', size: 270, x: 230, y: -110 }, { text: 'کنار سراوان است', size: 200, x: -30, y: 220 }],
    },
    light: [-840, -700, 520, 860], lamp: [1.35, 0.92, 0.5], ambient: [0.06, 0.07, 0.1],
    ground: 540, floor: [116, 108, 98], cable: [-520, -300, -480], shadowDepth: 0.5, shadowBlur: 7,
    camera: [0.12, 0.02, 0.014, 1.02], grain: 7,
  },
  A06: {
    town: 'arak', kind: 'slogan', gps: [34.0917, 49.6892], time: '04:41:37', seed: 606,
    wall: { kind: 'concrete', base: [166, 164, 158], pw: 900, ph: 700 },
    slogan: {
      kind: 'brush', font: 'Aref Ruqaa', weight: 700, ink: [132, 34, 28], soft: 1.6, stroke: 3, drips: 7, wobble: 8, dry: 0.5, slope: -0.015,
      lines: [{ text: 'پاسخ نان', size: 310, x: 170, y: -170 }, { text: 'گلوله نیست', size: 310, x: -80, y: 310 }],
    },
    light: [-900, -900, 900, 1200], lamp: [0.72, 0.75, 0.8], ambient: [0.16, 0.19, 0.26],
    ground: 560, floor: [112, 112, 114], tree: [1000, -760, 2.5, 280], shadowDepth: 0.4, shadowBlur: 10,
    camera: [-0.1, 0.02, -0.016, 1.02], grain: 6,
  },
  A07: {
    town: 'ilam', kind: 'slogan', portrait: true, gps: [33.6374, 46.4227], time: '04:52:08', seed: 707,
    wall: { kind: 'plaster', base: [142, 166, 172], under: [148, 140, 130], flake: 0.74 },
    slogan: {
      kind: 'brush', font: 'Aref Ruqaa', weight: 700, ink: [24, 32, 58], soft: 1.6, stroke: 5, drips: 6, wobble: 10, dry: 0.42, slope: 0.03,
      lines: [{ text: 'ایلام', size: 330, x: 60, y: -380 }, { text: 'هم‌درد', size: 310, x: 0, y: 20 }, { text: 'بلوچستان', size: 310, x: -10, y: 400 }],
    },
    light: [620, -900, 640, 980], lamp: [1.2, 1.0, 0.74], ambient: [0.08, 0.09, 0.13],
    ground: 760, floor: [110, 106, 100], pole: -640, shadowDepth: 0.55, shadowBlur: 14,
    camera: [-0.08, 0.05, -0.018, 1.02], grain: 6,
  },
  A08: {
    town: 'rasht', kind: 'slogan', gps: [37.2808, 49.5832], time: '21:18:30', seed: 808,
    wall: { kind: 'plaster', base: [186, 190, 176], under: [150, 96, 74], flake: 0.86, damp: 1310 },
    slogan: {
      kind: 'spray', font: 'Playpen Sans Arabic', weight: 500, ink: [14, 48, 38], soft: 4, stroke: 9, drips: 10, wobble: 12, slope: -0.02,
      lines: [{ text: 'از رشت تا سراوان', size: 180, x: 0, y: -60 }, { text: 'یک درد داریم', size: 190, x: 110, y: 220 }],
    },
    light: [760, -820, 600, 900], lamp: [1.02, 1.1, 1.12], ambient: [0.08, 0.1, 0.12],
    ground: 540, floor: [70, 74, 76], streak: 0.2, cable: [-300, -80, -420], shadowDepth: 0.4, shadowBlur: 7,
    camera: [-0.12, 0.03, 0.012, 1.02], grain: 6,
  },
  A09: {
    town: 'qazvin', kind: 'slogan', gps: [36.2688, 50.0041], time: '03:26:49', seed: 909,
    wall: { kind: 'shutter', base: [74, 98, 108], slat: 66 },
    slogan: {
      kind: 'spray', font: 'Playpen Sans Arabic', weight: 600, ink: [250, 248, 240], cover: 1, soft: 4.5, stroke: 8, drips: 7, wobble: 10, slope: 0.012,
      lines: [{ text: 'سوخت‌بران', size: 320, x: 0, y: -70 }, { text: 'را نکشید', size: 320, x: -90, y: 300 }],
    },
    light: [120, -900, 620, 820], lamp: [1.32, 1.0, 0.62], ambient: [0.05, 0.06, 0.09],
    ground: 560, floor: [104, 100, 96], pole: 620, shadowDepth: 0.5, shadowBlur: 18, bump: 0.11,
    camera: [0.06, 0.05, -0.01, 1.02], grain: 7,
  },
  A10: {
    town: 'yazd', kind: 'slogan', portrait: true, gps: [31.8974, 54.3569], time: '18:12:16', seed: 1010,
    wall: { kind: 'earth', base: [178, 142, 102] },
    slogan: {
      kind: 'brush', font: 'Aref Ruqaa', weight: 700, ink: [252, 248, 238], cover: 1, soft: 1.6, stroke: 3, drips: 3, wobble: 8, dry: 0.6, slope: 0.012,
      lines: [{ text: 'سراوان،', size: 310, x: 40, y: -330 }, { text: 'صدایت را', size: 310, x: 0, y: 20 }, { text: 'شنیدیم', size: 330, x: 0, y: 380 }],
    },
    light: [-1300, -900, 700, 1500], lamp: [1.05, 0.86, 0.66], ambient: [0.2, 0.25, 0.34],
    ground: 800, floor: [156, 134, 106], tree: [-900, -820, 0.7, 300], shadowDepth: 0.42, shadowBlur: 10,
    camera: [0.05, 0.03, 0.012, 1.02], grain: 4,
  },
};

export const scenes = Object.entries(base).map(([id, s]) => ({ id, file: `${id}-${s.town}-${s.kind}.jpg`, size: s.portrait ? [1200, 1600] : [1600, 1200], ...s }));
