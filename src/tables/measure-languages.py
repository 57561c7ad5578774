#!/usr/bin/env python3
"""Writes sentences of many languages that identification was not learnt from, for the test `identify`.

    python3 src/tables/measure-languages.py WORK > SENTENCES
    HEXAPLA_QUESTIONS=SENTENCES cargo test questions_of_installers -- --nocapture

WORK is a scratch folder. The sentences are those that Debian packages ask at their installation (debconf
templates), fetched by name with apt-get; none of these packages is among the sources of `languages.bin`.
"""

import collections
import re
import subprocess
import sys
from pathlib import Path

# A language is measured only where it has so many sentences.
ENOUGH = 20
PACKAGES = (
    "popularity-contest console-setup keyboard-configuration tzdata tasksel debconf openssh-server exim4-config "
    "postfix ca-certificates libpam-runtime grub-pc mdadm man-db apt-listchanges locales cups dash slapd samba-common "
    "mariadb-server wireshark-common unattended-upgrades x11-common sane-utils nslcd libnss-ldapd roundcube-core "
    "dictionaries-common phpmyadmin ntfs-3g kexec-tools krb5-config heimdal-kdc proftpd-basic mailman3-web nullmailer "
    "dma ssmtp bacula-common isc-dhcp-server bind9 ucf ippl iodine gpsd tiger hddtemp lirc smartmontools sysstat "
    "wwwconfig-common xserver-xorg-legacy lilo setserial powertop-1.13 mysql-common").split()
NAMES = {"pt_br": "pt", "zh_cn": "zh-Hans", "zh_tw": "zh-Hant", "zh_hk": "zh-Hant", "sr@latin": "sr-Latn",
         "sr@cyrillic": "sr", "tl": "fil", "no": "nb", "ku": "ku", "iw": "he"}


def fetch(work):
    for package in PACKAGES:
        if not (work / package).exists() and not list(work.glob(package + "_*.deb")):
            subprocess.run(["apt-get", "download", "-qq", package], cwd=work, stderr=subprocess.DEVNULL)
        for file in work.glob(package + "_*.deb"):
            subprocess.run(["dpkg-deb", "-e", str(file), str(work / package)], check=True)
            file.unlink()


def descriptions(text):
    """(language, text) of every translated description."""
    for stanza in re.split(r"\n\s*\n", text):
        fields = re.split(r"\n(?=\S)", stanza)
        for field in fields:
            found = re.match(r"(?i)(extended_)?description(?:-([a-z_@]+))?(?:\.utf-8)?: ?(.*)", field, re.S)
            if found:
                lines = found.group(3).split("\n")
                lines = ["" if line.strip() == "." else line.strip() for line in lines[1:]]
                yield (found.group(2) or "en"), " ".join(" ".join(lines).split())


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    work = Path(sys.argv[1])
    work.mkdir(parents=True, exist_ok=True)
    fetch(work)
    seen, found = set(), collections.defaultdict(list)
    for file in sorted(work.glob("*/templates")):
        english = set()
        pairs = list(descriptions(file.read_text("utf-8", "replace")))
        for code, text in pairs:
            if code == "en":
                english.update(re.split(r"(?<=[.!?।。])\s+", text))
        for code, text in pairs:
            tag = NAMES.get(code.lower(), code.lower().split("_")[0])
            for sentence in re.split(r"(?<=[.!?।])\s+|(?<=[。！？])", text):
                sentence = sentence.strip()
                letters = sum(c.isalpha() for c in sentence)
                wide = any("\u2e80" < c < "\ud7ff" for c in sentence)
                if letters < (12 if wide else 30) or (tag, sentence) in seen:
                    continue
                if tag != "en" and sentence in english:
                    continue
                seen.add((tag, sentence))
                found[tag].append(sentence)
    for tag, sentences in sorted(found.items()):
        for sentence in sentences if len(sentences) >= ENOUGH else []:
            print(tag, sentence, sep="\t")


main()
