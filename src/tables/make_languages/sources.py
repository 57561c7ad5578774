"""Reads unpacked packages into (language, source, part, text). The sources are translations of software."""

import gzip
import html
import json
import random
import re
import struct
import zipfile
from pathlib import Path

TABLE = [line.split("\t") for line in (Path(__file__).parent / "labels.tsv").read_text("utf-8").splitlines()[1:]]
SCRIPT = {tag: script for tag, script, _ in TABLE}
UDHR = {code: tag for tag, _, codes in TABLE for code in codes.split(",") if code}
LOWER = {tag.lower(): tag for tag in SCRIPT}
# Codes of the sources that are not simply the tag, or a tag with a region.
OTHER = dict(pair.split("=") for pair in (
    "no=nb nb-no=nb tl=fil tl-ph=fil zh-cn=zh-Hans zh-tw=zh-Hant zh-hk=zh-Hant sr-ec=sr sr-el=sr-Latn "
    "sr@latin=sr-Latn sr-latn=sr-Latn sr@ijekavian=sr sr@ijekavianlatin=sr-Latn sr-latn-rs=sr-Latn be@tarask=be "
    "kk-cyrl=kk tt-cyrl=tt tg-cyrl=tg ug-arab=ug skr-arab=skr ks-arab=ks ku-latn=ku kmr=ku kmr-latn=ku crh-latn=crh "
    "ca@valencia=ca uz@cyrillic=uz-Cyrl yue-hant=yue gug=gn ike-cans=iu mww=hmn koi=kv ak=tw twi=tw "
    "roh=rm iw=he in=id ji=yi shi-latn=shi sot=st haz=fa pa-pk=pnb mni=mni-Mtei").split())
SCRIPTED = re.compile("-(cyrl|latn|arab|deva|hans|hant|cans|mong)")


def tag_of(code):
    code = code.replace("_", "-").removesuffix(".json").lower()
    if code in OTHER or code in LOWER:
        return OTHER.get(code) or LOWER[code]
    if "@" in code or SCRIPTED.search(code) or code in ("bcc", "son", "de-formal"):
        return None
    base = code.split("-")[0]
    return OTHER.get(base) or LOWER.get(base)


def udhr(root):
    for code, tag in UDHR.items():
        text = (root / "udhr" / "package" / "declaration" / f"{code}.html").read_text("utf-8")
        for number, part in enumerate(text.split("<article")):
            for paragraph in re.findall(r"<(?:p|h1)>(.*?)</(?:p|h1)>", part, re.S):
                yield tag, number, html.unescape(paragraph)


def cldr(root):
    for tag in SCRIPT:
        for locale in {"zh-Hans": ["zh"], "nb": ["no", "nb"]}.get(tag, [tag]):
            words = []
            file = root / "cldr-annotations-full" / "package" / "annotations" / locale / "annotations.json"
            if file.exists():
                notes = json.loads(file.read_text("utf-8"))["annotations"].get("annotations", {})
                words += [" ".join(note.get("tts", []) + note.get("default", [])) for note in notes.values()]
            for kind in ("territories", "languages"):
                file = root / "cldr-localenames-full" / "package" / "main" / locale / f"{kind}.json"
                if file.exists():
                    names = json.loads(file.read_text("utf-8"))["main"][locale]["localeDisplayNames"][kind]
                    words += [name for key, name in names.items() if name != key]
            for start in range(0, len(words), 4):
                yield tag, 0, " ".join(words[start:start + 4])


def mediawiki(root):
    base = root / "mediawiki" / "usr" / "share" / "mediawiki"
    for english in sorted(base.glob("**/i18n/**/en.json")):
        original = json.loads(english.read_text("utf-8"))
        for file in sorted(english.parent.glob("*.json")):
            tag = tag_of(file.name)
            try:
                messages = json.loads(file.read_text("utf-8")) if tag else {}
            except ValueError:
                continue
            for key, text in messages.items():
                if key != "@metadata" and isinstance(text, str) and (tag == "en" or text != original.get(key)):
                    yield from ((tag, 0, line) for line in text.split("\n"))


def firefox(root):
    for file in sorted(root.glob("firefox-esr-l10n-*/**/*.xpi")):
        tag = tag_of(re.search(r"langpack-(.*?)@", file.name).group(1))
        pack = zipfile.ZipFile(file)
        for name in pack.namelist() if tag else []:
            if name.endswith((".ftl", ".properties")):
                for line in pack.read(name).decode("utf-8", "replace").splitlines():
                    if not line.startswith("#"):
                        yield tag, 0, line.split("=", 1)[-1]


ROFF = re.compile(r"\\f(?:\[[^\]]*\]|\(..|.)|\\[&,/|%:c]|\\\(..|\\\[[^\]]*\]|\\s[-+]?\d")


def man(root):
    for file in sorted(root.glob("manpages-*/usr/share/man/*/man*/*.gz")):
        tag = tag_of(file.parts[-3])
        if not tag or file.is_symlink():
            continue
        paragraph = []
        for line in gzip.open(file, "rt", encoding="utf-8", errors="replace"):
            if line[:1] in ".'":
                yield tag, 0, " ".join(paragraph)
                paragraph = []
            else:
                paragraph.append(ROFF.sub("", line.strip().replace("\\-", "-")))


def guide(root):
    base = root / "installation-guide-amd64" / "usr" / "share" / "doc" / "installation-guide-amd64"
    for file in sorted(base.glob("*/*.html")):
        if tag := tag_of(file.parent.name):
            for paragraph in re.findall(r"<p[^>]*>(.*?)</p>", file.read_text("utf-8", "replace"), re.S):
                yield tag, 0, html.unescape(paragraph)


def fortunes(root):
    # The package for "br" is Brazilian Portuguese, not Breton.
    for file in sorted(root.glob("fortunes-*/usr/share/games/fortunes/**/*")):
        code = file.relative_to(root).parts[0].removeprefix("fortunes-")
        if file.is_file() and file.suffix not in (".dat", ".u8"):
            try:
                text = file.read_bytes().decode("utf-8")
            except UnicodeDecodeError:
                continue
            for saying in text.split("\n%\n"):
                yield {"zh": "zh-Hans", "br": "pt"}.get(code, code), 0, saying


def words(root):
    """Forms of spelling dictionaries in random order: no sentences, but the words of every subject."""
    chance = random.Random(5)
    for file in sorted(root.glob("*spell-*/usr/share/hunspell/*.dic")):
        tag = tag_of(file.stem)
        if file.is_symlink() or tag not in SCRIPT or SCRIPT[tag] not in ("Latn", "Cyrl", "Arab"):
            continue
        named = re.search(rb"^SET\s+(\S+)", file.with_suffix(".aff").read_bytes(), re.M)
        encoding = named.group(1).decode().lower().replace("microsoft-", "") if named else "latin-1"
        lines = file.read_bytes().decode(encoding, "replace").splitlines()[1:]
        forms = sorted({re.split("[/\t]", line)[0].strip() for line in lines})
        forms = [w for w in forms if len(w) > 3 and w.isalpha() and w == w.lower()]
        chance.shuffle(forms)
        for start in range(0, min(9000, len(forms)) - 8, 8):
            yield tag, 0, " ".join(forms[start:start + 8])


def catalogue(file):
    """The translations of a compiled gettext catalogue that differ from the original."""
    data = file.read_bytes()
    order = "<" if data[:4] == b"\xde\x12\x04\x95" else ">"
    count, originals, translations = struct.unpack(order + "3I", data[8:20])
    for index in range(count):
        (size, at), (long, to) = (struct.unpack_from(order + "2I", data, t + 8 * index) for t in (originals, translations))
        original = data[at:at + size].split(b"\4")[-1].split(b"\0")
        for text in data[to:to + long].split(b"\0") if size else []:
            if text not in original:
                yield text.decode("utf-8", "replace")


def catalogues(root, pattern):
    for file in sorted(root.glob(pattern)):
        folders = file.parts
        code = folders[folders.index("LC_MESSAGES") - 1] if "LC_MESSAGES" in folders else re.sub(
            r"^(admin-network|admin|continents-cities)-", "", file.stem)
        if tag := tag_of(code):
            for text in catalogue(file):
                yield from ((tag, 0, part) for part in text.split("\n\n"))


SOURCES = {
    "udhr": udhr, "cldr": cldr, "mediawiki": mediawiki, "firefox": firefox, "man": man, "guide": guide,
    "fortunes": fortunes, "words": words,
    "libreoffice": lambda root: catalogues(root, "libreoffice-l10n-*/**/*.mo"),
    "django": lambda root: catalogues(root, "django/**/*.mo"),
    "tuxpaint": lambda root: catalogues(root, "tuxpaint-data/**/*.mo"),
    "freeciv": lambda root: catalogues(root, "freeciv-data/**/*.mo"),
    "wesnoth": lambda root: catalogues(root, "wesnoth-1.16-data/**/*.mo"),
    "wordpress": lambda root: catalogues(root, "wordpress-l10n/**/*.mo"),
}
