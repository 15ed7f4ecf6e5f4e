"""`python -m motcua.signing.agent --house https://motcua.tinh.gov.vn --pkcs12 chu-ky.p12`."""

import argparse
import getpass
import sys
from pathlib import Path

from motcua.signing.agent.openers import Pkcs11Opener, Pkcs12Opener
from motcua.signing.agent.pairing import Pairing
from motcua.signing.agent.protocol import Protocol
from motcua.signing.agent.server import PORTS, listen
from motcua.signing.agent.session import Opener, Session, WrongPinError
from motcua.signing.terms import KeyGoneError


class _Console:
    """Asks at the console; a PIN is not shown while it is typed."""

    def show(self, text: str) -> None:
        print(text, flush=True)  # noqa: T201 (the console is its screen)

    def agrees(self, text: str) -> bool:
        print(text)  # noqa: T201 (as above)
        return input("Đồng ý ký? Gõ «có» rồi Enter: ").strip().lower() in {"có", "co", "c"}

    def pin(self, text: str) -> str:
        return getpass.getpass(f"{text}: ")


def main(arguments: list[str] | None = None) -> int:
    """Run the agent until it is stopped by Ctrl+C."""
    options = _parser().parse_args(arguments)
    ports = (options.port,) if options.port else PORTS
    try:
        opener = _opener(options)
        server = listen(ports)
    except (WrongPinError, KeyGoneError) as error:
        return _complain(str(error))
    except EOFError:
        return _complain("Chưa nhập mã PIN: hãy chạy chương trình trong cửa sổ dòng lệnh.")
    except OSError as error:
        return _complain(f"Không mở được cổng {', '.join(map(str, ports))}: {error}")
    pairing = Pairing(options.home / "ghep-noi.json")
    server.protocol = Protocol(options.house.rstrip("/"), server.server_port, pairing, Session(opener, _Console()))
    print(f"Chương trình ký số đang chờ {options.house} ở cổng {server.server_port}. Ctrl+C để dừng.", flush=True)  # noqa: T201 (as above)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.protocol.session.end()
    return 0


def _opener(options: argparse.Namespace) -> Opener:
    if options.pkcs12:
        return Pkcs12Opener(options.pkcs12, _Console().pin(f"Mã PIN của {options.pkcs12.name}, để đọc chứng thư"))
    return Pkcs11Opener(options.pkcs11, options.token)


def _complain(text: str) -> int:
    print(text, file=sys.stderr)  # noqa: T201 (the console is its screen)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="motcua-ky-so", description="Ký số bằng token tại máy này.")
    parser.add_argument("--house", required=True, metavar="ĐỊA_CHỈ", help="địa chỉ hệ thống được phép xin chữ ký")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--pkcs12", type=Path, metavar="TỆP", help="tệp .p12, .pfx")
    where.add_argument("--pkcs11", metavar="THƯ_VIỆN", help="thư viện PKCS#11 của nhà sản xuất token (.so, .dll)")
    parser.add_argument("--token", default="", metavar="NHÃN", help="nhãn của token; cần khi dùng --pkcs11")
    parser.add_argument("--port", type=int, default=0, metavar="CỔNG", help="cổng (mặc định: cổng trống đầu tiên)")
    home = Path.home() / ".motcua-ky-so"
    parser.add_argument("--home", type=Path, default=home, metavar="THƯ_MỤC", help="nơi nhớ các trang đã ghép nối")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
