"""Owns the privacy notice that a worker agrees to before the first ticket."""

from server.domain.errors import PrivacyNoticeNotAccepted, PrivacyNoticeOutdated

NOTICE_VERSION = "2026-11"

# Personal Information Protection Law, articles 17, 23 and 30, in words for reading aloud.
NOTICE_SENTENCES: tuple[str, ...] = (
    "我们是政府办的零工市场，登记信息是为了免费帮您找活、办事。",
    "要登记的是：姓名、身份证号码、手机号、工种、文化程度和技能。不拍照，不存指纹和人脸。",
    "您点了同意去干活，用工的人才能看到您的姓名和电话；大屏上不会出现您的姓名。",
    "按规定，登记和上岗情况要报给省里的公共就业服务平台，不给别的人。",
    "取号记录保存两年，介绍上岗的记录保存三年，到期删除或者去掉姓名。",
    "您可以到窗口查看、更正、删除自己的信息，也可以打服务热线或12333。不同意也能到窗口咨询。",
)


def check_notice(version: str | None) -> None:
    """Make sure that the worker has accepted the notice in force.

    Raises PrivacyNoticeNotAccepted for none, PrivacyNoticeOutdated for an older one.
    """
    if not version:
        raise PrivacyNoticeNotAccepted()
    if version != NOTICE_VERSION:
        raise PrivacyNoticeOutdated()
