/**
 * Steps of the grid on which a measured point must lie, in thousandths of a degree: some 100 m, 5 km and 25 km. With a
 * wider precision there is no point at all. So no program can say more of a place than the person chose to.
 */
// A file of its own: the page rounds by it, and must not have to fetch what reads a whole report.
export const POINT_GRID = { point: 1, town: 50, county: 250 } as const
