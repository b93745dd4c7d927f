import shutil
import subprocess
from pathlib import Path

import pytest
from agent_bench import slip, ticket
from PIL import Image
from pyzbar.pyzbar import ZBarSymbol, decode

from kiosk.agent.canvas import Canvas, Ink
from kiosk.agent.drawing import draw_document
from kiosk.agent.errors import DrawingError
from kiosk.agent.fonts import SUBSTITUTE, Fonts, cleaned
from kiosk.agent.paper_style import paper_style

WIDTHS = pytest.mark.parametrize("width_dots", [576, 384])


def rows_of(picture: Image.Image) -> list[str]:
    dots = picture.convert("L").tobytes()
    bits = dots.translate(bytes(1 if value < 128 else 0 for value in range(256)))
    text = bits.translate(bytes(49 if value else 48 for value in range(256))).decode("ascii")
    return [text[at : at + picture.width] for at in range(0, len(text), picture.width)]


def shows(picture: Image.Image, fonts: Fonts, text: str, ink: Ink) -> bool:
    """Look for a text of a size on the paper, dot by dot."""
    canvas = Canvas(fonts, 4 + fonts.face(ink.size, bold=ink.bold).getbbox(text)[2].__int__(), 0)
    canvas.text(text, Ink(ink.size, ink.bold))
    drawn = canvas.finish()
    box = drawn.convert("L").point(lambda grey: 255 - grey).getbbox()
    wanted = rows_of(drawn.crop(box))
    rows = rows_of(picture)
    for y in range(len(rows) - len(wanted) + 1):
        x = rows[y].find(wanted[0])
        while x >= 0:
            if all(
                rows[y + below][x : x + len(wanted[0])] == row for below, row in enumerate(wanted)
            ):
                return True
            x = rows[y].find(wanted[0], x + 1)
    return False


def qr_texts(picture: Image.Image) -> list[str]:
    found = decode(picture.convert("L"), symbols=[ZBarSymbol.QRCODE])
    return [code.data.decode() for code in found]


@WIDTHS
def test_ticket_shows_its_parts_in_words(fonts: Fonts, width_dots: int) -> None:
    style = paper_style(width_dots)
    paper = draw_document("ticket", ticket(), width_dots, fonts)
    assert paper.mode == "1"
    assert paper.width == width_dots
    assert shows(paper, fonts, "平鲁区零工市场", style.market)
    assert shows(paper, fonts, "您的号·找活", style.service)
    assert shows(paper, fonts, "前面还有", style.ahead)
    assert shows(paper, fonts, "7", style.ahead_digits)
    assert shows(paper, fonts, "砌筑工", style.post_title)
    assert shows(paper, fonts, "280", style.pay_digits)
    assert shows(paper, fonts, "6:30", style.body)
    assert shows(paper, fonts, "还要 6 人", style.strong)
    assert shows(paper, fonts, "0349-6072345", style.strong)
    assert shows(paper, fonts, "12333", style.strong)
    assert shows(paper, fonts, "04:31", style.small)


def test_number_is_at_least_22_mm_high_on_80_mm_paper(fonts: Fonts) -> None:
    with_number = rows_of(draw_document("ticket", ticket(label="A888"), 576, fonts))
    tall = [row for row in with_number if row.count("1") > 120]
    assert len(tall) >= 22 * 8 // 2
    other = rows_of(draw_document("ticket", ticket(label="B111"), 576, fonts))
    different = [
        y for y, rows in enumerate(zip(with_number, other, strict=True)) if len(set(rows)) > 1
    ]
    assert different[-1] - different[0] + 1 >= 22 * 8


def test_pay_is_the_biggest_part_of_a_post() -> None:
    for width_dots in (576, 384):
        style = paper_style(width_dots)
        sizes = (style.post_title.size, style.body.size, style.strong.size, style.pay_words.size)
        assert style.pay_digits.size > max(sizes)


@WIDTHS
def test_first_in_the_queue_reads_you_are_next(fonts: Fonts, width_dots: int) -> None:
    style = paper_style(width_dots)
    paper = draw_document("ticket", ticket(ahead=0), width_dots, fonts)
    inverted = paper.convert("L").point(lambda grey: 255 - grey)
    assert shows(inverted, fonts, "下一个就是您", style.ahead)
    assert not shows(paper, fonts, "前面还有", style.ahead)


def test_only_a_reprint_says_so(fonts: Fonts) -> None:
    style = paper_style(576)
    for copy_no, is_marked in ((1, False), (2, True)):
        paper = draw_document("ticket", ticket(copy_no=copy_no), 576, fonts)
        inverted = paper.convert("L").point(lambda grey: 255 - grey)
        assert shows(inverted, fonts, "补打 2", style.strong) is is_marked


@WIDTHS
def test_phone_reads_the_code_on_the_ticket(fonts: Fonts, width_dots: int, tmp_path: Path) -> None:
    paper = draw_document("ticket", ticket(), width_dots, fonts)
    assert qr_texts(paper) == [ticket()["qr"]]
    file = tmp_path / "ticket.png"
    paper.save(file)
    zbarimg = shutil.which("zbarimg")
    assert zbarimg, "apt-get install zbar-tools"
    read = subprocess.run([zbarimg, "-q", "--raw", str(file)], capture_output=True, check=True)
    assert read.stdout.decode().strip() == ticket()["qr"]


def test_code_keeps_4_dots_per_module_or_is_refused_on_58_mm(fonts: Fonts) -> None:
    long_address = "https://lgsc.example.gov.cn/t/7K3M9QXA?" + "x" * 60
    assert qr_texts(draw_document("ticket", ticket(qr=long_address), 384, fonts)) == [long_address]
    with pytest.raises(DrawingError) as refusal:
        draw_document("ticket", ticket(qr="x" * 1500), 384, fonts)
    assert refusal.value.reason == "qr_too_long"


@WIDTHS
def test_long_texts_wrap_and_nothing_reaches_the_edge(fonts: Fonts, width_dots: int) -> None:
    post = {
        "title": "高层建筑外墙保温施工及真石漆喷涂辅助工(有高空作业证优先)",
        "pay": "日薪180–220元(含午饭补贴)每超一小时另付25元",
        "left": 120,
        "place": "山西转型综合改革示范区阳曲产业园区东区纵四路与横十二路交叉口西北角二号宿舍楼",
        "when": "明早5:50 市场北门东侧公交站牌下集合统一上车",
    }
    document = ticket(
        market_name="吕梁市交城县夏家营经济开发区公益性零工市场(零工驿站)",
        label="A1024",
        posts=[post] * 3,
        hotline="0358-3521234/13935812345",
    )
    rows = rows_of(draw_document("ticket", document, width_dots, fonts))
    assert not any(row.startswith("11") or row.endswith("11") for row in rows)
    assert "1" not in "".join(rows[-8:])
    style = paper_style(width_dots)
    canvas = Canvas(fonts, width_dots, style.margin)
    lines = canvas.wrap(post["place"], style.body, width_dots - 2 * style.margin)
    assert "".join(lines) == post["place"]
    paper = draw_document("ticket", document, width_dots, fonts)
    assert all(shows(paper, fonts, line, style.body) for line in lines)


def test_no_line_begins_with_a_comma(fonts: Fonts) -> None:
    canvas = Canvas(fonts, 576, 12)
    for width in range(120, 400, 8):
        for line in canvas.wrap("搬砖、和灰，清运。钢筋（绑扎）、支模、120元", Ink(30), width):
            assert line[0] not in "、，。）"
            assert line[-1] not in "（"


@pytest.mark.parametrize("character", list("䶮𠅤㛃翀喆㐂𫖯䥽·"))
def test_rare_characters_of_names_are_printed(fonts: Fonts, character: str) -> None:
    assert fonts.has_glyph(character)
    style = paper_style(576)
    paper = draw_document("slip", slip(worker_name="张" + character + "华"), 576, fonts)
    assert shows(paper, fonts, character, style.strong)
    assert not shows(paper, fonts, "\uffff", style.strong)


def test_private_use_character_of_an_old_card_prints_as_its_real_one(fonts: Fonts) -> None:
    old = draw_document("slip", slip(worker_name="张\ue863"), 576, fonts)
    new = draw_document("slip", slip(worker_name="张䶮"), 576, fonts)
    assert old.tobytes() == new.tobytes()
    assert cleaned("\ue816\ue7c7\ue81e") == "\U00020087ḿ\u9fb4"


@pytest.mark.parametrize("character", ["\ue000", "\uf8ff", "👍"])
def test_slip_with_an_unprintable_character_is_refused(fonts: Fonts, character: str) -> None:
    with pytest.raises(DrawingError) as refusal:
        draw_document("slip", slip(worker_name="张" + character), 576, fonts)
    assert refusal.value.reason == "unprintable_character"
    assert f"worker_name: no glyph for U+{ord(character):04X}" in str(refusal.value)
    assert "张" not in str(refusal.value)


def test_ticket_with_a_strange_sign_in_a_post_still_prints(fonts: Fonts) -> None:
    post = ticket()["posts"][0]
    strange = draw_document("ticket", ticket(posts=[post | {"place": "北坪👍"}]), 576, fonts)
    substituted = ticket(posts=[post | {"place": "北坪" + SUBSTITUTE}])
    assert strange.tobytes() == draw_document("ticket", substituted, 576, fonts).tobytes()


@WIDTHS
def test_slip_has_letter_tear_line_receipt_and_two_codes(fonts: Fonts, width_dots: int) -> None:
    style = paper_style(width_dots)
    paper = draw_document("slip", slip(), width_dots, fonts)
    assert shows(paper, fonts, "推荐介绍信", style.title)
    assert shows(paper, fonts, "回执", style.title)
    assert shows(paper, fonts, "✂ 沿此线撕开", style.small)
    assert shows(paper, fonts, "(壹佰捌拾元整)", style.post_title)
    inverted = paper.convert("L").point(lambda grey: 255 - grey)
    assert shows(inverted, fonts, "工资直接发给本人", style.service)
    codes = decode(paper.convert("L"), symbols=[ZBarSymbol.QRCODE])
    assert [code.data.decode() for code in codes] == [slip()["qr"]] * 2
    tear_row = next(
        y for y, row in enumerate(rows_of(paper)) if row.startswith("1" * 14 + "0" * 10 + "1" * 14)
    )
    tops = sorted(code.rect.top for code in codes)
    assert tops[0] < tear_row < tops[1]


def test_slip_leaves_out_what_the_post_does_not_say(fonts: Fonts) -> None:
    style = paper_style(576)
    full = draw_document("slip", slip(requirements="会砌墙"), 576, fonts)
    less = draw_document("slip", slip(requirements=""), 576, fonts)
    assert shows(full, fonts, "要求", style.body)
    assert not shows(less, fonts, "要求", style.body)


@pytest.mark.parametrize(
    ("kind", "document"),
    [
        ("poster", ticket()),
        ("ticket", ticket(label="")),
        ("ticket", ticket(ahead="7")),
        ("ticket", ticket(posts=["砌筑工"])),
        ("slip", slip(pay_words=None)),
        ("slip", {}),
    ],
)
def test_document_without_what_it_needs_is_refused(
    fonts: Fonts, kind: str, document: dict[str, object]
) -> None:
    with pytest.raises(DrawingError) as refusal:
        draw_document(kind, document, 576, fonts)
    assert refusal.value.reason == "document_invalid"


def test_endless_document_is_refused(fonts: Fonts) -> None:
    with pytest.raises(DrawingError) as refusal:
        draw_document("slip", slip(requirements="长" * 9000), 576, fonts)
    assert refusal.value.reason == "document_too_long"


def test_missing_fonts_are_named_with_the_command_that_installs_them(tmp_path: Path) -> None:
    with pytest.raises(DrawingError, match="apt-get install fonts-noto-cjk") as refusal:
        Fonts(tmp_path)
    assert refusal.value.reason == "fonts_missing"


@WIDTHS
def test_a_crew_s_ticket_says_for_how_many_it_is(fonts: Fonts, width_dots: int) -> None:
    style = paper_style(width_dots)
    alone = draw_document("ticket", ticket(), width_dots, fonts)
    crew = draw_document("ticket", ticket(people=8), width_dots, fonts)
    white_on_black = crew.convert("L").point(lambda grey: 255 - grey).convert("1")
    assert shows(white_on_black, fonts, "班组 8 人", style.ahead)
    assert crew.height > alone.height


def test_a_server_that_knows_no_crews_still_gets_its_tickets(fonts: Fonts) -> None:
    document = ticket()
    document.pop("people", None)
    assert draw_document("ticket", document, 576, fonts).height > 0
