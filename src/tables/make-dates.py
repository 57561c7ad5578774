#!/usr/bin/env python3
"""Makes dates.tsv, the names of months and weekdays, from the npm package `cldr-dates-full`.

Usage: npm pack cldr-dates-full && tar xzf cldr-dates-full-*.tgz && make-dates.py package > dates.tsv

One row a name: name, kind (`m` month, `d` weekday), number (1-12; Monday is 1), languages by their
base subtag, with regional usage merged into the language. Names are in lower case without a final full
stop. Numbers and one-letter names are left out.
"""
import json
import pathlib
import sys
import unicodedata

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DROPPED = {"\u0640", "\u200c", "\u200d"} | {chr(c) for c in range(0x064B, 0x0660)} | {"\u200e", "\u200f", "\u061c"}

# Forms in the press that the registry does not list.
MORE = {
    "ar": {1: ["كانون الثاني"], 2: ["شباط"], 3: ["آذار", "مارس"], 4: ["نيسان"], 5: ["أيار", "مايو"],
           6: ["حزيران"], 7: ["تموز"], 8: ["آب"], 9: ["أيلول"], 10: ["تشرين الأول"],
           11: ["تشرين الثاني"], 12: ["كانون الأول"]},
    "en": {9: ["sept"]},
    "fi": {n: [m + "kuuta", m + "kuun"] for n, m in enumerate(
        "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu".split(), 1)},
    "la": dict(enumerate([["ianuarii"], ["februarii"], ["martii"], ["aprilis"], ["maii"], ["iunii"],
                          ["iulii"], ["augusti"], ["septembris"], ["octobris"], ["novembris"],
                          ["decembris"]], 1)),
}


def week(names):
    return dict(enumerate((part.replace("+", " ").split(",") for part in names.split()), 1))



def year(names):
    parts = enumerate(names.split(), 1)
    return {n: part.replace("+", " ").split(",") for n, part in parts if part != "-"}


# Names in another country or another case than the registry has, `-` where it has all; `+` is a blank.
MORE_MONTHS = {
    "ar": year("- - - ابريل - يونيه يوليه"),
    "bn": year("জানুয়ারী ফেব্রুয়ারী"),
    "bs": year("- - marta - maja juna jula - septembra oktobra novembra decembra"),
    "ckb": year("- - - - - - - - - - - کانوونی+یەکەم"),
    "de": year("- feber"),
    "et": year("- - - - mail - - - septembril oktoobril novembril detsembril"),
    "gu": year("- - - - - - - ઓગસ્ટ - ઓક્ટોબર"),
    "ha": year("- fabrairu - afrilu"),
    "he": year("- - מארס,מרס"),
    "hi": year("- फरवरी - - - - - - सितम्बर अक्तूबर नवम्बर दिसम्बर"),
    "hr": year("januar,januara februar,februara mart,marta april,aprila maj,maja jun,juna,juni jul,jula,juli "
               "august,augusta septembar,septembra oktobar,oktobra novembar,novembra,studenog decembar,decembra"),
    "ka": year("იანვრის თებერვლის - - - - - - სექტემბრის ოქტომბრის ნოემბრის დეკემბრის"),
    "lv": year("janvārī,janvāra februārī,februāra martā,marta aprīlī,aprīļa maijā,maija jūnijā,jūnija "
               "jūlijā,jūlija augustā,augusta septembrī,septembra oktobrī,oktobra novembrī,novembra "
               "decembrī,decembra"),
    "mn": year("нэгдүгээр+сарын хоёрдугаар+сарын гуравдугаар+сарын дөрөвдүгээр+сарын тавдугаар+сарын "
               "зургаадугаар+сарын долоодугаар+сарын наймдугаар+сарын есдүгээр+сарын аравдугаар+сарын "
               "арван+нэгдүгээр+сарын арван+хоёрдугаар+сарын"),
    "ne": year("- फेब्रुवरी,फेब्रुवारी - अप्रील - - जुलाइ अगस्त - अक्टुबर"),
    "ps": year("- فبرورۍ - اپرېل مې - جولايي - - - - ډسمبر"),
    "sl": year("- - marca - maja - - - septembra oktobra novembra decembra"),
    "so": year("- - - - maajo - luuliyo - - - nofembar desembar"),
    "sr": year("- - марта,marta - маја,maja јуна,juna јула,jula - септембра,septembra октобра,oktobra "
               "новембра,novembra децембра,decembra"),
    "te": year("- - - - - - జూలై - సెప్టెంబరు అక్టోబరు నవంబరు డిసెంబరు"),
    "uz": year("- - - - - - - - sentyabr oktyabr"),
    "vi": year("tháng+giêng tháng+hai tháng+ba tháng+tư tháng+năm tháng+sáu tháng+bảy tháng+tám tháng+chín "
               "tháng+mười tháng+mười+một tháng+chạp,tháng+mười+hai"),
}

# The forms in which the press writes weekdays, where the registry lists others; `+` is a blank.
MORE_DAYS = {
    "ar": {1: ["الإثنين", "الاثنين"], 3: ["الأربعاء", "الاربعاء"], 7: ["الأحد"]},
    "zh": week("周一,週一,礼拜一,禮拜一 周二,週二,礼拜二,禮拜二 周三,週三,礼拜三,禮拜三 周四,週四,礼拜四,禮拜四 "
               "周五,週五,礼拜五,禮拜五 周六,週六,礼拜六,禮拜六 周日,週日,周天,礼拜天,禮拜天,星期天"),
    "ja": week("月曜 火曜 水曜 木曜 金曜 土曜 日曜"),
    "ru": week("понедельник вторник в+среду четверг в+пятницу,пятницы в+субботу,субботы в+воскресенье"),
    "uk": week("понеділок вівторок середу четвер п'ятницю суботу неділю"),
    "be": week("панядзелак аўторак сераду чацвер пятніцу суботу нядзелю"),
    "pl": week("poniedziałek wtorek środę czwartek piątek sobotę niedzielę"),
    "cs": week("pondělí úterý středu čtvrtek pátek sobotu neděli"),
    "sk": week("pondelok utorok stredu štvrtok piatok sobotu nedeľu"),
    "sl": week("ponedeljek torek sredo četrtek petek soboto nedeljo"),
    "hr": week("ponedjeljak utorak srijedu četvrtak petak subotu nedjelju"),
    "bs": week("ponedjeljak utorak srijedu četvrtak petak subotu nedjelju"),
    "sr": week("понедељак,ponedeljak уторак,utorak среду,sredu,srijedu четвртак,četvrtak петак,petak "
               "суботу,subotu недељу,nedelju,nedjelju"),
    "mk": week("понеделникот вторникот средата четвртокот петокот саботата неделата"),
    "sq": week("të+hënën të+martën të+mërkurën të+enjten të+premten të+shtunën të+dielën"),
    "hu": week("hétfőn kedden szerdán csütörtökön pénteken szombaton vasárnap"),
    "fi": week("maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina"),
    "et": week("esmaspäeval teisipäeval kolmapäeval neljapäeval reedel laupäeval pühapäeval"),
    "lv": week("pirmdien otrdien trešdien ceturtdien piektdien sestdien svētdien"),
    "lt": week("pirmadienį antradienį trečiadienį ketvirtadienį penktadienį šeštadienį sekmadienį"),
    "sv": week("måndagen tisdagen onsdagen torsdagen fredagen lördagen söndagen"),
    "ka": week("ორშაბათს სამშაბათს ოთხშაბათს ხუთშაბათს პარასკევს შაბათს კვირას"),
    "el": week("τη+δευτερα,τη+δευτερα την+τριτη την+τεταρτη την+πεμπτη την+παρασκευη το+σαββατο την+κυριακη"),
    "vi": {n: [f"{at} {day}" for at in ("hôm", "ngày", "sáng", "trưa", "chiều", "tối", "đêm")] for n, day in enumerate(
        ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật"), 1)},
    "tr": {7: ["pazar günü"]},
    "id": {7: ["hari minggu"]},
}
# Names of the registry that are words of other meanings too: the environment, a market, a week, ordinal numbers.
NOT_DAYS = {"ru": ["среда"], "tr": ["pazar"], "id": ["minggu"], "ka": ["კვირა"],
            "el": ["δευτερα", "τριτη", "τεταρτη", "πεμπτη"],
            "vi": ["thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy"]}


# Greek capitals have no accents, so that small letters are compared without them; of apostrophes there is one.
GREEK = str.maketrans("άέήίϊΐόύϋΰώς’‘ʼʻ", "αεηιιιουυυωσ''''")


def fold(name):
    text = unicodedata.normalize("NFC", name.lower()).translate(GREEK)
    text = "".join(c for c in text if c not in DROPPED)
    return " ".join(text.split()).rstrip(".").strip()


def good(name):
    # Marks count: the name of May is one letter and one vowel sign in Bengali and Tamil.
    letters = [c for c in name if c.isalpha() or unicodedata.category(c)[0] == "M"]
    return len(letters) >= 2 and not any(c.isdigit() for c in name) and "\t" not in name


def main(package):
    rows = {}

    def add(name, kind, number, lang):
        name = fold(name)
        if good(name):
            rows.setdefault((name, kind, number), set()).add(lang)

    for folder in sorted((pathlib.Path(package) / "main").iterdir()):
        lang = folder.name.split("-")[0]
        path = folder / "ca-gregorian.json"
        if lang == "root" or lang == "und" or not path.exists():
            continue
        dates = json.loads(path.read_text())["main"][folder.name]["dates"]["calendars"]["gregorian"]
        for shape in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in dates["months"][shape][width].items():
                    add(name, "m", int(number), lang)
            for day, name in dates["days"][shape]["wide"].items():
                if fold(name) not in NOT_DAYS.get(lang, []):
                    add(name, "d", DAYS.index(day) + 1, lang)
    for lang, months in (*MORE.items(), *MORE_MONTHS.items()):
        for number, names in months.items():
            for name in names:
                add(name, "m", number, lang)
    for lang, days in MORE_DAYS.items():
        for number, names in days.items():
            for name in names:
                add(name, "d", number, lang)
    for (name, kind, number), langs in sorted(rows.items()):
        print(name, kind, number, ",".join(sorted(langs)), sep="\t")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
