#!/usr/bin/env python3
"""Reads the vector files with open_parcel.py and says where the two implementations differ. Exits with how often."""

import base64
import hashlib
import json
import os

import open_parcel as o

HERE = os.path.dirname(os.path.abspath(__file__))


def load(name):
    with open(os.path.join(HERE, "..", name + ".json"), encoding="utf-8") as file:
        return json.load(file)


def edited(raw, edits, others):
    raw = bytearray(raw)
    for edit in edits:
        for what, how in edit.items():
            if what == "xor":
                for i, bits in enumerate(bytes.fromhex(how["with"])):
                    raw[how["at"] + i] ^= bits
            elif what == "cut":
                del raw[how["to"] :]
            elif what == "append":
                raw += bytes.fromhex(how)
            elif what == "remove":
                del raw[how["at"] : how["at"] + how["length"]]
            elif what == "move":
                taken = raw[how["from"] : how["from"] + how["length"]]
                del raw[how["from"] : how["from"] + how["length"]]
                raw[how["to"] : how["to"]] = taken
            elif what == "splice":
                end = how["at"] + how["length"]
                raw[how["at"] : end] = others[how["from"]][how["at"] : end]
    return bytes(raw)


def root_of(cell, case):
    """Tries every identity of the case."""
    if not o.is_root_cell(cell):
        raise o.Refused("not-for-us")
    for identity in case["identities"]:
        opened = o.read_root(cell, o.parse_identity(identity), case["desk"])
        if opened is not None:
            return opened
    raise o.Refused("not-for-us")


def root(case, file):
    cells = {name: base64.b64decode(text) for name, text in file["cells"].items()}
    opened, kind, signature = root_of(edited(cells[case["cell"]], case.get("edits", []), cells), case)
    if kind != "final":
        raise o.Refused("part-of-recording")
    assert opened == file["document"] and signature == (case["signature"] == "valid")


def report(case, _):
    told = case["report"]
    if "textLength" in case:
        told["text"] = "x" * case["textLength"]
    if "claimCount" in case:
        told["claims"] = told["claims"][:1] * case["claimCount"]
    o.check_report(told)


def cells_of(case, file):
    return {name: base64.b64decode(text) for name, text in file["cells"].items() if name not in case["missing"]}


def parcel(case, file):
    cells = cells_of(case, file)
    opened, _, _ = root_of(base64.b64decode(file["cells"][case["root"]]), case)
    body = o.body_of(cells, opened, "body", o.check_final_body)
    found = [
        {"sha256": hashlib.sha256(plain).hexdigest(), "bytes": len(plain)}
        for _, plain in o.open_attachments(cells, body["attachments"])
    ]
    assert body["report"]["text"] == case["text"] and found == case["attachments"]


def payload(case, file):
    sealed = edited(base64.b64decode(file["payloads"][case["payload"]]), case["edits"], {})
    opened = b"".join(o.open_payload(sealed, case["plaintextBytes"], bytes.fromhex(file["fileKey"])))
    assert hashlib.sha256(opened).hexdigest() == case["sha256"]


def canonical_json(case, _):
    raw = case["text"].encode("utf-8") if "text" in case else bytes.fromhex(case["hex"])
    try:
        if o.canonical(raw) is None:
            raise o.Refused("malformed")
    except o.Refused:
        raise o.Refused("not-canonical") from None


def ed25519(case, _):
    key, message, signature = (bytes.fromhex(case[name]) for name in ("key", "message", "signature"))
    if len(key) != 32 or len(signature) != 64 or not o.valid_signature(key, message, signature):
        raise o.Refused("bad-signature")


def cell_list(case, _):
    assert o.cell_list(case["text"]) == case["cells"]


READERS = {
    "root": root,
    "report": report,
    "parcel": parcel,
    "payload": payload,
    "canonical-json": canonical_json,
    "ed25519": ed25519,
    "cell-list": cell_list,
}


def main():
    differ = checked = passed_over = 0
    for name, read in READERS.items():
        file = load(name)
        for case in file["cases"]:
            if any(one.startswith("AGE-SECRET-KEY-PQ-") for one in case.get("identities", [])):
                passed_over += 1
                continue
            try:
                read(case, file)
                said = "accept"
            except o.Refused as refused:
                said = "reject:" + str(refused)
            checked += 1
            if said != case["expect"]:
                differ += 1
                print(f"{name}: {case['name']}: {said}, expected {case['expect']}")
    print(f"{checked} cases, {differ} differ, {passed_over} for post-quantum identities passed over")
    return differ


if __name__ == "__main__":
    raise SystemExit(main())
