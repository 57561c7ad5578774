#!/usr/bin/env python3
"""Makes sets of versions whose truth is known from what Debian's packages hold in many languages, for learning the
weights of arranging from more than one kind of text.

usage: make-sets.py WORK OUT

WORK is a scratch folder: packages are fetched there by name (`apt-get download`, 460 MB, of Debian 12) and taken
apart. Written below OUT, each with `t/` and `truth.tsv` (file, statement, language) as `make-variants.py` reads them:

stories    tales of the campaigns of Battle for Wesnoth, cut into pieces of some 3,000 letters: names in every
           script, hardly a number; the pieces of one tale are stories on the same people
guides     sections of Debian's handbook, installation guide, maintainers' guide, history and reference
manuals    pages of manuals: after one template, full of words of code
help       pages of LibreOffice's help, in more than thirty languages, many of them alike

Which statements, and which languages of each, is chosen by the hash of their names, so that the same packages
give the same sets. A page that is left half in English is left out. Nothing of the texts goes into the project.
"""
import gettext
import hashlib
import re
import subprocess
import sys
from collections import defaultdict
from html.parser import HTMLParser
from pathlib import Path

from make_languages.fetch import debian

LANGUAGES = {
    "help": "ca cs da de el en-us es et eu fi fr gl hi hu id it ja ko nl pl pt ru sk sl sv tr vi zh-tw",
    "manuals": "cs da de el es fi fr hu id it mk nb nl pl pt-br ro ru sr sv uk vi",
    "campaigns": "did dm dw ei httt l low nr sof sota sotbe thot trow tsg ttb utbs",
    "maint-guide": "ca de es fr it ja ru vi zh-tw",
    "debian-reference": "de en es fr id it ja pt zh-tw",
}
PACKAGES = ([f"libreoffice-help-{it}" for it in LANGUAGES["help"].split()]
            + [f"manpages-{it}" for it in LANGUAGES["manuals"].split()]
            + [f"wesnoth-1.16-{it}" for it in ["data", *LANGUAGES["campaigns"].split()]]
            + [f"maint-guide-{it}" for it in LANGUAGES["maint-guide"].split()]
            + [f"debian-reference-{it}" for it in LANGUAGES["debian-reference"].split()]
            + ["maint-guide", "installation-guide-amd64", "debian-handbook", "debian-history"])

# Of each set: how many statements, the most languages of one, and one in how many stands alone.
STATEMENTS, VERSIONS, ALONE = 90, 16, 4

# A text has at least so many letters, and so many blocks at most; a piece of a tale ends after so many letters.
LEAST, MOST_BLOCKS, PIECE = 350, 60, 3000

# A version with more than this share of blocks that the English one has, too, is not translated.
ENGLISH = 0.3


def chance(*words):
    return int.from_bytes(hashlib.sha256("\0".join(words).encode()).digest()[:6], "big") / 2**48


class Blocks(HTMLParser):
    """The blocks of a page, without its navigation."""
    PARTS = set("p h1 h2 h3 h4 h5 h6 li dt dd pre td th title div tr table ul ol dl section blockquote br".split())
    SKIPPED = set("script style nav header footer aside noscript".split())
    EMPTY = set("br hr img input link meta col wbr".split())
    FURNITURE = re.compile(r"nav(header|footer|igation)|docnav|toc|symbol|breadcrumb|legalnotice|Index|howtoget|debug|alert")

    def __init__(self):
        super().__init__()
        self.blocks, self.words, self.open = [], [], []

    def cut(self):
        text = " ".join("".join(self.words).split())
        if text:
            self.blocks.append(text)
        self.words = []

    def handle_starttag(self, tag, attributes):
        if tag in self.PARTS:
            self.cut()
        if tag not in self.EMPTY:
            named = " ".join(value or "" for name, value in attributes if name in ("class", "id"))
            self.open.append((tag, tag in self.SKIPPED or bool(self.FURNITURE.search(named))))

    def handle_endtag(self, tag):
        if tag in self.PARTS:
            self.cut()
        if any(tag == name for name, _ in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data):
        if not any(skipped for _, skipped in self.open) and not any(name == "title" for name, _ in self.open):
            self.words.append(data)


def page(path):
    reader = Blocks()
    reader.feed(path.read_text("utf-8", errors="replace"))
    reader.cut()
    return reader.blocks


def language(tag):
    """`pt-BR` and `pt_BR` as `pt-br`, `de-DE` as `de`."""
    tag = tag.replace("_", "-").lower()
    first, _, second = tag.partition("-")
    return tag if second in ("br", "cn", "tw") else first


def help(work):
    for package in sorted(work.glob("libreoffice-help-*")):
        for root in sorted(package.glob("usr/share/libreoffice/help/*/text")):
            for path in sorted(root.rglob("*.html")):
                yield str(path.relative_to(root)), language(root.parent.name), page(path)


def guides(work):
    for path in sorted(work.glob("debian-handbook/usr/share/doc/debian-handbook/html/*/*.html")):
        yield "handbook." + path.name, language(path.parent.name), page(path)
    for path in sorted(work.glob("installation-guide-amd64/usr/share/doc/installation-guide-amd64/*/*.html")):
        yield "installation." + path.name, language(path.parent.name), page(path)
    for package in ("maint-guide", "debian-reference", "debian-history"):
        for path in sorted(work.glob(f"{package}*/usr/share/**/*.html")):
            name, *rest = path.name.split(".")
            if len(rest) == 2:
                yield f"{package}.{name}", language(rest[0]), page(path)


# What `man` is told, so that it writes one line a paragraph.
PLAIN = {"MANWIDTH": "9000", "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "MANPAGER": "cat"}


def manuals(work):
    for tag in ["en", *LANGUAGES["manuals"].split()]:
        for path in sorted(work.glob(f"manpages-{tag}/usr/share/man/*/man*/*.gz")):
            if not path.is_symlink() and path.stat().st_size > 600 and chance("page", path.name) < 0.18:
                said = ["man", "--nj", "--nh", "-E", "UTF-8", "-l", str(path)]
                done = subprocess.run(said, capture_output=True, env=PLAIN)
                plain = re.sub(r".\x08|\x1b\[[\d;]*m", "", done.stdout.decode("utf-8", errors="replace"))
                blocks = [" ".join(block.split()) for block in re.split(r"\n\s*\n|\n(?=\S)", plain)]
                yield path.name, language(tag), [block for block in blocks if block]


TOLD = re.compile(r'#textdomain\s+(\S+)|_\s*"((?:[^"]|"")*)"')


def tales(work):
    """(name, domain, lines in English) of each scenario, in the order in which it is told."""
    for path in sorted(work.glob("wesnoth-1.16-*/usr/share/games/wesnoth/1.16/data/campaigns/*/scenarios/*.cfg")):
        domain, lines = "wesnoth", []
        for found in TOLD.finditer(path.read_text("utf-8", errors="replace")):
            if found[1]:
                domain = found[1]
            elif len(found[2]) > 60:
                lines.append(found[2].replace('""', '"'))
        if lines:
            yield f"{path.parents[1].name}.{path.stem}", domain, lines


def pieces(lines):
    """(where it begins, lines) of each piece."""
    start, size = 0, 0
    for end, line in enumerate(lines, 1):
        size += len(line)
        if size >= PIECE or end == len(lines):
            yield start, lines[start:end]
            start, size = end, 0


def plain(lines):
    """The blocks of lines, without what is told to the program."""
    texts = (re.sub(r"<[^>]*>", "", line.split("^")[-1]) for line in lines)
    return [" ".join(block.split()) for text in texts for block in text.split("\n\n")]


def stories(work):
    books = {}
    for path in sorted(work.glob("wesnoth-1.16-*/usr/share/games/wesnoth/1.16/locale/*/LC_MESSAGES/*.mo")):
        tag = path.parents[1].name
        if "@" not in tag and tag not in ("grc", "la", "racv", "es_419"):
            with path.open("rb") as file:
                books[tag, path.stem] = gettext.GNUTranslations(file)._catalog
    tags = sorted({tag for tag, _ in books})
    for name, domain, lines in tales(work):
        for start, some in pieces(lines):
            yield f"{name}.{start}", "en", plain(some)
            for tag in tags:
                book = books.get((tag, domain), {})
                there = [book[text] for text in some if book.get(text)]
                if len(there) >= 0.8 * len(some):
                    yield f"{name}.{start}", language(tag), plain(there)


def chosen(rows):
    """The statements of a set: {name: {language: blocks}}."""
    texts = defaultdict(dict)
    for name, tag, blocks in rows:
        if sum(map(len, blocks)) >= LEAST:
            texts[name][tag] = blocks[:MOST_BLOCKS]
    for versions in texts.values():
        english = set(next((versions[it] for it in ("en", "en-us") if it in versions), []))
        for tag in [it for it in versions if not it.startswith("en")]:
            if sum(len(it) for it in versions[tag] if it in english) > ENGLISH * sum(map(len, versions[tag])):
                del versions[tag]
    names = sorted((name for name in texts if len(texts[name]) > 2), key=lambda name: chance("statement", name))
    return {name: texts[name] for name in names[:STATEMENTS]}


def write(folder, statements):
    (folder / "t").mkdir(parents=True, exist_ok=True)
    rows = []
    for name, versions in statements.items():
        tags = sorted(versions, key=lambda tag: chance("language", name, tag))
        many = 1 if chance("alone", name) < 1 / ALONE else 2 + int(chance("many", name) * (VERSIONS - 1))
        for tag in tags[:many]:
            file = hashlib.sha256(f"{name} {tag}".encode()).hexdigest()[:12] + ".txt"
            (folder / "t" / file).write_text("\n\n".join(versions[tag]) + "\n", "utf-8")
            rows.append(f"{file}\t{hashlib.sha256(name.encode()).hexdigest()[:8]}\t{tag}\n")
    (folder / "truth.tsv").write_text("".join(sorted(rows)), "utf-8")
    print(folder.name, len(statements), "statements,", len(rows), "texts", flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    work, out = Path(sys.argv[1]), Path(sys.argv[2])
    work.mkdir(parents=True, exist_ok=True)
    debian(PACKAGES, work, work)
    for rows in (stories, guides, manuals, help):
        write(out / rows.__name__, chosen(rows(work)))
