#!/usr/bin/env python3
"""Opens parcels from a folder of cells: a second implementation, written from spec/ alone.

Needs Python 3.9 and `cryptography` (Debian: python3-cryptography). Opens roots sealed to X25519; passes over the
others. It reads what it is given into memory and is meant for checking, not for a desk.

    python3 open_parcel.py FOLDER AGE-SECRET-KEY-1... DESK_KEY [OUTPUT_FOLDER]

FOLDER holds files of any name, each a bundle (cells one after another). Prints one line of JSON a report:
{"root": id, "signature": bool, "text": ..., "attachments": [{"type", "bytes", "sha256"}], "error": code or null}
and writes attachments to OUTPUT_FOLDER under their SHA-256.
"""

import base64
import hashlib
import hmac
import json
import os
import re
import sys

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CELL = 16_384
BODY = CELL - 32
CHUNK = 65_536
ANNEX_BYTES = 64 * 1024 * 1024


class Refused(Exception):
    """Not as the spec says; the argument is the spec's code."""


def hkdf(ikm, salt, info, length):
    return HKDF(SHA256(), length, salt, info).derive(ikm)


# --- Spellings (signed-line.md) ---


def un64(text, alphabet, length=None, code="malformed"):
    """Base64 without padding, in its one spelling; `alphabet` is the last two characters of it."""
    if not isinstance(text, str) or not re.fullmatch("[A-Za-z0-9%s]*" % re.escape(alphabet), text):
        raise Refused(code)
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=alphabet.encode())
    except ValueError:
        raise Refused(code) from None
    if base64.b64encode(raw, altchars=alphabet.encode()).rstrip(b"=").decode() != text:
        raise Refused(code)
    if length is not None and len(raw) != length:
        raise Refused(code)
    return raw


def url64(text, length=None):
    return un64(text, "-_", length)


def canonical(raw):
    """Reads canonical JSON: parse, write again, compare."""

    def no(_):
        raise Refused("malformed")

    depth = deepest = 0
    in_string = escaped = False
    for byte in raw:
        if in_string:
            in_string = escaped or byte != 0x22
            escaped = byte == 0x5C and not escaped
        elif byte == 0x22:
            in_string = True
        elif byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b"]}":
            depth -= 1
    if deepest > 24:
        raise Refused("malformed")
    try:
        value = json.loads(raw.decode("utf-8"), parse_float=no, parse_constant=no)
        if write_canonical(value).encode("utf-8") != raw:
            raise Refused("malformed")
    except ValueError:
        raise Refused("malformed") from None
    return value


def write_canonical(value):
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(write_canonical(n) + ":" + write_canonical(value[n]) for n in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(write_canonical(item) for item in value) + "]"
    if type(value) is int and abs(value) > 2**53 - 1:
        raise Refused("malformed")
    return json.dumps(value, ensure_ascii=False)


SMALL_ORDER = {
    bytes(32),
    b"\x01" + bytes(31),
    b"\xec" + b"\xff" * 30 + b"\x7f",
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
}


def valid_signature(key, message, signature):
    """OpenSSL does all of signed-line.md#signatures but rule 2."""
    for point in (key, signature[:32]):
        y = point[:31] + bytes([point[31] & 0x7F])
        if int.from_bytes(y, "little") >= 2**255 - 19 or y in SMALL_ORDER:
            return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        return True
    except (InvalidSignature, ValueError):
        return False


# --- Shapes (root.md, recording.md) ---

ID = re.compile("[0-9a-f]{64}")
DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
URL = re.compile(r"https?://[^\s]+")


def need(condition):
    if not condition:
        raise Refused("malformed")


def exactly(value, *names):
    need(isinstance(value, dict) and set(value) == set(names))


def units(value, least, most):
    """A string, its length in UTF-16 code units."""
    need(isinstance(value, str) and least <= len(value.encode("utf-16-be")) // 2 <= most)


def integer(value, least, most):
    need(type(value) is int and least <= value <= most)


def matches(pattern, value):
    need(isinstance(value, str) and re.fullmatch(pattern, value) is not None)


def one_of(value, words):
    need(isinstance(value, str) and value in words.split())


def maybe(check, value, *limits):
    if value is not None:
        check(value, *limits)


def check_report(report):
    exactly(report, *"type language text place period basis claims action consent".split())
    one_of(report["type"], "observation action")
    matches("[a-z]{2,3}", report["language"])
    units(report["text"], 0, 100_000)
    one_of(report["basis"], "saw told circulating")
    place, period, action, consent = (report[n] for n in ("place", "period", "action", "consent"))
    if place is not None:
        optional = [n for n in ("id", "point") if isinstance(place, dict) and n in place]
        exactly(place, "name", "province", "precision", *optional)
        units(place["name"], 1, 300)
        maybe(units, place["province"], 1, 300)
        one_of(place["precision"], "point town county province country")
        if "id" in place:
            matches("[A-Za-z0-9:._-]{1,40}", place["id"])
        if "point" in place:
            exactly(place["point"], "lat", "lon")
            integer(place["point"]["lat"], -90_000, 90_000)
            integer(place["point"]["lon"], -180_000, 180_000)
            step = {"point": 1, "town": 50, "county": 250}.get(place["precision"])
            need(step is not None and all(value % step == 0 for value in place["point"].values()))
    if period is not None:
        exactly(period, "from", "to", "about")
        matches(DAY, period["from"])
        maybe(lambda day: (matches(DAY, day), need(day >= period["from"])), period["to"])
        need(isinstance(period["about"], bool))
    if action is not None:
        exactly(action, "kind", "campaign")
        kinds = "poster banner slogan leaflet chant vigil projection strike boycott online-storm statement"
        one_of(action["kind"], kinds)
        maybe(units, action["campaign"], 1, 300)
    exactly(consent, "publish", "notBefore")
    one_of(consent["publish"], "all words nothing")
    maybe(lambda day: matches(DAY, day), consent["notBefore"])
    need(isinstance(report["claims"], list) and len(report["claims"]) <= 200)
    for claim in report["claims"]:
        check_claim(claim)


def check_claim(claim):
    exactly(claim, "measure", "low", "high", "bound", "group", "scope", "source")
    one_of(claim["measure"], "killed injured killed-or-injured arrested disappeared shutdown")
    one_of(claim["bound"], "exactly at-least about none")
    one_of(claim["group"], "protester bystander child state-force unknown none")
    low, high, source = claim["low"], claim["high"], claim["source"]
    maybe(integer, low, 0, 10_000_000)
    maybe(integer, high, 0, 10_000_000)
    need(low is None or high is None or high >= low)
    maybe(units, claim["scope"], 0, 2_000)
    if source is not None:
        exactly(source, "name", "kind", "carriedBy", "url", "saidOn")
        units(source["name"], 1, 300)
        one_of(source["kind"], "official media social political-org witness ngo")
        maybe(units, source["carriedBy"], 1, 300)
        maybe(lambda url: (matches(URL, url), units(url, 1, 2_000)), source["url"])
        maybe(lambda day: need(DAY.fullmatch(day) or MONTH.fullmatch(day)), source["saidOn"])


def cell_list(text):
    raw = url64(text)
    need(len(raw) % 32 == 0)
    return [raw[i : i + 32].hex() for i in range(0, len(raw), 32)]


def check_slices(slices):
    need(isinstance(slices, list) and 1 <= len(slices) <= 180_000)
    for length in slices:
        integer(length, 0, 2**34)


def check_attachment(one):
    exactly(one, "type", "bytes", "sha256", "key", "slices", "cells")
    matches("[a-z]+/[a-z0-9.+-]{1,80}", one["type"])
    integer(one["bytes"], 0, 2**34)
    matches(ID, one["sha256"])
    url64(one["key"], 32)
    check_slices(one["slices"])
    cell_list(one["cells"])


def check_annex(annex):
    exactly(annex, "bytes", "sha256", "key", "cells")
    integer(annex["bytes"], 0, 2**34)
    matches(ID, annex["sha256"])
    url64(annex["key"], 32)
    cell_list(annex["cells"])


def check_final_body(body):
    exactly(body, "report", "attachments", "padding")
    check_report(body["report"])
    need(isinstance(body["attachments"], list) and len(body["attachments"]) <= 64)
    for one in body["attachments"]:
        check_attachment(one)
    cell_list(body["padding"])


def check_closing_body(body):
    exactly(body, "slices", "cells", "padding")
    check_slices(body["slices"])
    cell_list(body["cells"])
    cell_list(body["padding"])


def check_root(root):
    """Gives which kind of root it is."""
    need(isinstance(root, dict))
    if type(root.get("v")) is int and root["v"] > 1:
        raise Refused("unknown-version")
    need(type(root.get("v")) is int and root["v"] == 1)
    url64(root.get("desk"), 32)
    url64(root.get("parcel"), 16)
    url64(root.get("forget"), 32)
    if "closer" in root:
        inside = "annex" if "annex" in root else "closing"
        exactly(root, "v", "desk", "parcel", "closer", "provisional", "forget", inside)
        url64(root["closer"], 32)
        matches(ID, root["provisional"])
        (check_annex if inside == "annex" else check_closing_body)(root[inside])
        return "closing"
    kind = "provisional" if "recording" in root else "final"
    inside = "recording" if kind == "provisional" else "annex" if "annex" in root else "body"
    exactly(root, *"v desk parcel sender forget arrived used reply".split(), inside)
    exactly(root["sender"], "key", "invitation")
    url64(root["sender"]["key"], 32)
    maybe(url64, root["sender"]["invitation"], 16)
    url64(root["arrived"], 32)
    url64(root["used"], 32)
    url64(root["reply"], 32)
    if kind == "provisional":
        recording = root["recording"]
        exactly(recording, "type", "key", "closer", "report")
        matches("[a-z]+/[a-z0-9.+-]{1,80}", recording["type"])
        url64(recording["key"], 32)
        url64(recording["closer"], 32)
        check_report(recording["report"])
    else:
        (check_annex if inside == "annex" else check_final_body)(root[inside])
    return kind


# --- The age file of a root (root.md; age-encryption.org/v1) ---


def parse_identity(text):
    """The 32 bytes of an AGE-SECRET-KEY-1 string (Bech32)."""
    charset = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    human, _, data = text.lower().rpartition("1")
    values = [charset.index(c) for c in data]
    spread = [ord(c) >> 5 for c in human] + [0] + [ord(c) & 31 for c in human] + values
    check = 1
    for value in spread:
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for i, g in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= g if top >> i & 1 else 0
    if human != "age-secret-key-" or check != 1:
        raise SystemExit("not an X25519 identity")
    number = 0
    for value in values[:-6]:
        number = number << 5 | value
    return (number >> (len(values) - 6) * 5 - 256).to_bytes(32, "big")


def is_root_cell(cell):
    if not re.match(rb"age-encryption\.org/v1\n-> forget [A-Za-z0-9+/]{43}\n", cell):
        return False
    try:
        return len(un64(cell[32:75].decode(), "+/")) == 32
    except Refused:
        return False


def open_root_cell(cell, secret):
    """The plaintext of a root, or None where it is not for us."""
    end = re.search(rb"\n--- ([A-Za-z0-9+/]{43})\n", cell[:8_192])
    if end is None:
        return None
    stanzas = []
    for line in cell[: end.start()].decode("ascii", "replace").split("\n")[1:]:
        if line.startswith("-> "):
            stanzas.append([line[3:].split(" "), ""])
        elif stanzas:
            stanzas[-1][1] += line
    ours = X25519PrivateKey.from_private_bytes(secret)
    recipient = ours.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    file_key = None
    for (kind, *arguments), body in stanzas:
        if kind != "X25519" or len(arguments) != 1:
            continue
        try:
            share, wrapped = un64(arguments[0], "+/", 32), un64(body, "+/", 32)
            shared = ours.exchange(X25519PublicKey.from_public_bytes(share))
            wrap = hkdf(shared, share + recipient, b"age-encryption.org/v1/X25519", 32)
            file_key = ChaCha20Poly1305(wrap).decrypt(bytes(12), wrapped, None)
        except (Refused, ValueError, InvalidTag):
            continue
    if file_key is None:
        return None
    mac = hmac.new(hkdf(file_key, None, b"header", 32), cell[: end.start() + 4], hashlib.sha256).digest()
    if not hmac.compare_digest(mac, un64(end[1].decode(), "+/", 32, "tampered")):
        raise Refused("tampered")
    if len({kind for (kind, *_), _ in stanzas[1:]}) > 1:
        raise Refused("mixed-recipients")
    if len(cell) != CELL:
        raise Refused("truncated" if len(cell) < CELL else "too-long")
    payload = cell[end.end() :]
    return b"".join(open_payload(payload, len(payload) - 32, file_key))


# --- Payloads (payload.md) ---


def payload_bytes(length):
    return 16 + length + 16 * max(1, -(-length // CHUNK))


def open_payload(payload, length, file_key):
    if len(payload) < payload_bytes(length):
        raise Refused("truncated")
    aead = ChaCha20Poly1305(hkdf(file_key, payload[:16], b"payload", 32))
    chunks = max(1, -(-length // CHUNK))
    for i in range(chunks):
        size = min(CHUNK, length - i * CHUNK) + 16
        at = 16 + i * (CHUNK + 16)
        nonce = i.to_bytes(11, "big") + bytes([i == chunks - 1])
        try:
            yield aead.decrypt(nonce, payload[at : at + size], None)
        except InvalidTag:
            raise Refused("tampered") from None


def file_key_of(recording_key, slice_index):
    return hkdf(recording_key, None, b"govah slice v1 %d" % slice_index, 16)


def stream_of(cells, ids):
    for one in ids:
        if one not in cells:
            raise Refused("missing-cell")
    return b"".join(cells[one][:BODY] for one in ids)


def open_slices(cells, ids, key, slices):
    stream, at, whole = stream_of(cells, ids), 0, []
    for i, length in enumerate(slices):
        payload = stream[at : at + payload_bytes(length)]
        whole.extend(open_payload(payload, length, file_key_of(key, i)))
        at += payload_bytes(length)
    return b"".join(whole)


def body_of(cells, root, name, check):
    """The body of a final or closing root, through at most three annexes."""
    holder, annexes = root, 0
    while "annex" in holder:
        annex = holder["annex"]
        annexes += 1
        if annexes > 3:
            raise Refused("malformed")
        if annex["bytes"] > ANNEX_BYTES:
            raise Refused("too-long")
        plain = open_slices(cells, cell_list(annex["cells"]), url64(annex["key"]), [annex["bytes"]])
        if hashlib.sha256(plain).hexdigest() != annex["sha256"]:
            raise Refused("tampered")
        inner = canonical(plain.rstrip(b" "))
        need(isinstance(inner, dict))
        if set(inner) != {"annex"}:
            check(inner)
            return inner
        check_annex(inner["annex"])
        holder = inner
    return holder[name]


# --- Parcels ---


def read_root(cell, secret, desk):
    """(document, kind, whether the signature is good), or None where it is not for us."""
    plain = open_root_cell(cell, secret)
    if plain is None:
        return None
    parts = plain.split(b"\n", 2)
    need(len(parts) == 3 and parts[2].strip(b" ") == b"")
    root = canonical(parts[0])
    signature = un64(parts[1].decode("ascii", "replace"), "-_", 64)
    kind = check_root(root)
    if root["desk"] != desk:
        raise Refused("wrong-desk")
    signer = root["closer"] if kind == "closing" else root["sender"]["key"]
    return root, kind, valid_signature(url64(signer), b"govah-root-v1\n" + parts[0], signature)


def open_attachments(cells, attachments):
    for one in attachments:
        key = url64(one["key"])
        plain = open_slices(cells, cell_list(one["cells"]), key, one["slices"])
        wanted = one.get("sha256")
        if wanted is not None and (hashlib.sha256(plain).hexdigest() != wanted or len(plain) != one["bytes"]):
            raise Refused("tampered")
        yield one["type"], plain


def open_all(cells, secret, desk):
    """One dictionary a report, with the opened attachments under `files`."""
    reports, provisional, closing = [], {}, []
    for name, cell in sorted(cells.items()):
        if not is_root_cell(cell):
            continue
        line = {"root": name, "signature": None, "text": None, "files": [], "error": None}
        try:
            opened = read_root(cell, secret, desk)
            if opened is None:
                continue
            root, kind, line["signature"] = opened
            if kind == "provisional":
                provisional[name] = (root, line)
            elif kind == "closing":
                closing.append((root, line))
                continue
            else:
                body = body_of(cells, root, "body", check_final_body)
                line["text"] = body["report"]["text"]
                line["files"] = list(open_attachments(cells, body["attachments"]))
        except Refused as refused:
            line["error"] = str(refused)
        reports.append(line)
    for root, line in closing:
        close(cells, provisional, root, line, reports)
    return reports


def close(cells, provisional, root, line, reports):
    """Joins a closing root to its provisional one (recording.md)."""
    beginning, report = provisional.get(root["provisional"], (None, None))
    recording = None if beginning is None else beginning["recording"]
    if beginning is None:
        line["error"] = "missing-cell"
    elif not line["signature"] or recording["closer"] != root["closer"] or beginning["parcel"] != root["parcel"]:
        line["error"] = "wrong-closer"
    if line["error"] is not None:
        reports.append(line)
        return
    try:
        body = body_of(cells, root, "closing", check_closing_body)
        report["text"] = recording["report"]["text"]
        cut = {"type": recording["type"], "key": recording["key"], "slices": body["slices"], "cells": body["cells"]}
        report["files"] = list(open_attachments(cells, [cut]))
    except Refused as refused:
        report["error"] = str(refused)


def read_cells(folder):
    cells = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            while len(cell := file.read(CELL)) == CELL:
                cells[hashlib.sha256(cell).hexdigest()] = cell
    return cells


def main(folder, identity, desk, output=None):
    for line in open_all(read_cells(folder), parse_identity(identity), desk):
        files = line.pop("files")
        line["attachments"] = []
        for media_type, plain in files:
            name = hashlib.sha256(plain).hexdigest()
            line["attachments"].append({"type": media_type, "bytes": len(plain), "sha256": name})
            if output is not None:
                with open(os.path.join(output, name), "wb") as file:
                    file.write(plain)
        print(json.dumps(line, ensure_ascii=False))


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
