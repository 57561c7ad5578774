"""Writes `languages.tsv`: tag, usual script, English name and own name of languages, from Unicode CLDR."""

import json
import re


# Languages that CLDR has no name for in English, or no name of their own.
ADDED = {
    "azb": ("Arab", "South Azerbaijani", "تۆرکجه"),
    "hmn": ("Latn", "Hmong", "Hmoob"),
    "kv": ("Cyrl", "Komi", "коми кыв"),
    "mhr": ("Cyrl", "Eastern Mari", "олык марий"),
    "pnb": ("Arab", "Western Punjabi", "پنجابی"),
    "skr": ("Arab", "Saraiki", "سرائیکی"),
    "tw": ("Latn", "Twi", "Twi"),
}


# Codes that CLDR brings to another language than ISO 639 does.
CODES = {"twi": "tw", "hbs": "sh", "tgl": "fil", "tl": "fil"}


def read(path):
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def display(root, locale, kind):
    data = read(root / "cldr-localenames-full" / "package" / "main" / locale / f"{kind}.json")
    return data.get("main", {}).get(locale, {}).get("localeDisplayNames", {}).get(kind, {})


def script_of(tag, likely):
    parts = tag.split("-")
    explicit = next((part for part in parts[1:] if len(part) == 4 and part.isalpha()), None)
    found = likely.get(tag) or likely.get(parts[0]) or ""
    return explicit or next(iter(found.split("-")[1:2]), "Zyyy")


def own_name(root, tag):
    names, base = display(root, tag, "languages"), tag.split("-")[0]
    name = names.get(tag) or display(root, base, "languages").get(tag)
    if name is None and (name := names.get(base)) and "-" in tag and name == display(root, base, "languages").get(base):
        # The name does not tell the scripts apart: say which one is meant.
        script = display(root, tag, "scripts").get(tag.split("-")[1])
        name = f"{name} ({script})" if script else name
    return name or ""


def codes(root):
    """Codes for languages that have a shorter or newer one: `deu`, `ger`, `iw`, and what CLDR takes for the whole of a
    macrolanguage (`pes` for `fa`)."""
    path = root / "cldr-core" / "package" / "supplemental" / "aliases.json"
    aliases = read(path)["supplemental"]["metadata"]["alias"]["languageAlias"]
    reasons = ("overlong", "bibliographic", "deprecated", "macrolanguage")
    usual = {code: it["_replacement"] for code, it in aliases.items()
             if re.fullmatch("[a-z]{2,3}", code) and len(it["_replacement"]) == 2 and it["_reason"] in reasons}
    return {code: tag for code, tag in usual.items() if tag != "ak" or code == "aka"} | CODES


def write_codes(root, target):
    rows = [f"{code}\t{tag}" for code, tag in sorted(codes(root).items())]
    target.write_text("# code\ttag; Unicode CLDR, see README.md\n" + "\n".join(rows) + "\n", "utf-8")


def write(root, labels, target):
    likely = read(root / "cldr-core" / "package" / "supplemental" / "likelySubtags.json")["supplemental"]["likelySubtags"]
    english, scripts = display(root, "en", "languages"), display(root, "en", "scripts")
    main = root / "cldr-localenames-full" / "package" / "main"
    tags = {tag for tag in english if not re.search("-(alt|menu)-", tag)}
    tags |= {path.name for path in main.iterdir() if len(path.name.split("-")) == 2 and len(path.name.split("-")[1]) == 4}
    rows = []
    for tag in sorted((tags | set(labels) | set(ADDED)) - set(codes(root))):
        if tag in ADDED:
            rows.append("\t".join([tag, *ADDED[tag]]))
            continue
        name = english.get(tag)
        if name is None and "-" in tag:
            base, script = tag.split("-")[:2]
            name = f"{english[base]} ({scripts.get(script, script)})" if base in english else None
        if name and tag not in ("und", "root", "mul", "zxx"):
            rows.append("\t".join([tag, script_of(tag, likely), name, own_name(root, tag)]))
    target.write_text("# tag\tscript\tEnglish name\town name; Unicode CLDR, see README.md\n" + "\n".join(rows) + "\n", "utf-8")
