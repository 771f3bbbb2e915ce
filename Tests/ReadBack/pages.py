"""HTML reports: valid by tidy, readable in a real browser on a telephone, and printable."""
import io
import pathlib
import subprocess
import urllib.parse

import playwright.sync_api
import pypdf

BROWSER = "/usr/bin/chromium"
WIDTHS = {"telephone": 360, "desk": 1280}


def check(work, reports):
    paths = sorted(reports.rglob("*.html"))
    for path in paths:
        run = subprocess.run(["tidy", "-q", "-e", "-utf8", path], capture_output=True, text=True)
        if run.returncode != 0:
            raise SystemExit(f"{path}: tidy says\n{run.stderr[:2000]}")
    print(f"pages:     {len(paths)} are valid by tidy")
    pictures = work / "pictures"
    pictures.mkdir()
    with playwright.sync_api.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-dev-shm-usage"])
        sheets = sum(look(browser, path, reports, pictures) for path in paths)
        browser.close()
    narrow = WIDTHS["telephone"]
    print(f"           {len(paths)} fit into {narrow} px, load and run nothing, and print on {sheets} sheets")


def look(browser, path, reports, pictures):
    """Answers how many sheets of paper the page takes."""
    name = str(path.relative_to(reports)).replace("/", "+")[:100]
    for device, width in WIDTHS.items():
        page = browser.new_page(viewport={"width": width, "height": 800})
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: asked.append(dialog.message))
        page.goto(path.resolve().as_uri())
        if len(asked) != 1:
            raise SystemExit(f"{path} loads or asks {asked[1:]}")
        if page.title() == "owned" or page.locator("script, img, iframe, object, link").count():
            raise SystemExit(f"{path}: a value has become markup")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            raise SystemExit(f"{path} is {wide} px wide on a screen of {width} px")
        links = page.eval_on_selector_all("a", "all => all.map(link => link.href)")
        for link in links:
            if not is_file(link):
                raise SystemExit(f"{path} leads to {link}, which is not there")
        height = page.evaluate("document.documentElement.scrollHeight")
        page.screenshot(path=pictures / f"{name}.{device}.png", full_page=height < 12_000)
        if device == "desk":
            sheets = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))
            heading = page.locator("h1").inner_text()
            words = heading.split()[0]
            if words not in sheets.pages[0].extract_text():
                raise SystemExit(f"{path}: the first sheet does not have its heading")
        page.close()
    return len(sheets.pages)


def is_file(link):
    return pathlib.Path(urllib.parse.unquote(urllib.parse.urlsplit(link).path)).is_file()
