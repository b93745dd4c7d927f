"""Documents, time limits and a driver on a simulated printer, for the agent's tests."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kiosk.agent.printer import EscPosPrinter
from kiosk.agent.printer_line import PrinterTimings
from kiosk.agent.printer_state import PrinterState
from kiosk.agent.simulator.printer import SimulatedPrinter

QUICK = PrinterTimings(
    reply_timeout_s=0.3,
    probe_timeout_s=1.5,
    poll_interval_s=0.02,
    write_stall_s=1.0,
    paper_wait_s=0.4,
    quiet_s=0.05,
    stop_grace_s=0.1,
    least_bytes_per_s=1e6,
    least_rows_per_s=1e4,
    confirm_margin_s=1.0,
)


def ticket(**changes: Any) -> dict[str, Any]:
    document = {
        "market_name": "平鲁区零工市场",
        "label": "A012",
        "service_name": "找活",
        "ahead": 7,
        "posts": [
            {
                "title": "砌筑工",
                "pay": "日薪280元",
                "left": 6,
                "place": "北坪循环经济园区3号工地",
                "when": "6:30 北门",
            }
        ],
        "hotline": "0349-6072345",
        "complaint_line": "12333",
        "qr": "http://10.20.30.40:8000/t/7K3M9QXA",
        "issued_at": "2026年11月24日 04:31",
        "copy_no": 1,
    }
    return document | changes


def slip(**changes: Any) -> dict[str, Any]:
    document = {
        "market_name": "平鲁区零工市场",
        "slip_no": "JS20261124-0007",
        "worker_name": "张䶮",
        "employer_name": "平鲁宏达劳务",
        "trade_name": "砌筑工",
        "work_day": "11月24日(星期二)",
        "hours": "07:00–18:00",
        "place": "北坪3号工地",
        "meeting": "6:30 北门",
        "pay_words": "每天180元(壹佰捌拾元整)",
        "settlement_words": "干完当天结清",
        "lunch": "管午饭",
        "transport": "管接管送",
        "tools": "工具自带",
        "requirements": "",
        "desk_no": 3,
        "clerk_name": "李红",
        "qr": "http://10.20.30.40:8000/s/7K3M9QXA",
        "code": "7K3M 9QXA",
        "hotline": "0349-6072345",
        "complaint_line": "12333",
        "issued_at": "2026年11月24日 04:45",
        "copy_no": 1,
    }
    return document | changes


def receipt(**changes: Any) -> dict[str, Any]:
    document = {
        "market_name": "平鲁区零工市场",
        "case_no": "S2026-0001",
        "kind": "讨要工钱",
        "employer": "平鲁宏达劳务",
        "opened_at": "2026年11月24日 04:31",
        "deadlines": [
            {"step": "有人专门管", "by": "11月25日(星期三)前"},
            {"step": "给您回话", "by": "11月27日(星期五)前"},
            {"step": "办结", "by": "12月1日(星期二)前"},
        ],
        "hotline": "0349-6072345",
        "complaint_line": "12345",
        "labour_line": "12333",
        "hint": "也可以在手机上反映。",
        "copy_no": 1,
    }
    return document | changes


def listed(no: int, **changes: Any) -> dict[str, Any]:
    post = {
        "no": str(no),
        "title": "瓦工",
        "pay": f"日薪{260 + no}元",
        "left": "4",
        "place": "北坪循环经济园区3号工地",
        "when": "今天 7:00–18:00",
        "meeting": "6:30 市场北门 集合",
        "more": "管午饭 日结 管接送 自带工具",
        "over": "",
    }
    return post | changes


def post_list(**changes: Any) -> dict[str, Any]:
    document = {
        "market_name": "平鲁区零工市场",
        "posts": [
            listed(118),
            listed(104, title="瓦工", pay="计件每块0.35元", meeting=""),
            listed(97, over="不招了"),
            listed(96, title="抹灰工", left="12", place="井坪镇南关新农村二期安置楼7号楼东侧工地"),
        ],
        "hotline": "0349-6072345",
        "complaint_line": "12345",
        "issued_at": "2026年11月24日 04:31",
    }
    return document | changes


@dataclass
class Bench:
    """A driver and the simulated printer that it drives over TCP."""

    simulator: SimulatedPrinter
    driver: EscPosPrinter
    stop: threading.Event
    states: list[PrinterState] = field(default_factory=list)
    on_state: Callable[[PrinterState], object] = lambda state: None

    def note(self, state: PrinterState) -> None:
        self.states.append(state)
        self.on_state(state)
