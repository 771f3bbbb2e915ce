/// Readable without scripts, on a telephone and on paper; allowed to load nothing.
func page(titled title: String, body: (inout Markup) -> Void) -> [UInt8] {
    let title = ReportText.clean(title, limit: ReportText.messageLimit)
    var markup = Markup(beginningWith: "<!DOCTYPE html>\n")
    markup.element("html", [("lang", "en")]) { markup in
        markup.element("head") { markup in
            markup.line("<meta charset=\"utf-8\">")
            markup.line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            let policy = "default-src 'none'; style-src 'unsafe-inline'"
            markup.line("<meta http-equiv=\"Content-Security-Policy\" content=\"\(policy)\">")
            markup.element("title", text: title)
            markup.line("<style>\(style)</style>")
        }
        markup.element("body") { markup in
            markup.element("main") { markup in
                markup.element("h1", text: title)
                body(&markup)
            }
        }
    }
    return markup.bytes
}

private let style = """
    :root{color-scheme:light dark}body{font:1rem/1.45 system-ui,sans-serif;margin:0}\
    main{max-width:75rem;margin:auto;padding:1rem;overflow-wrap:anywhere}h1{font-size:1.4rem}\
    .verdict strong{border:2px solid;border-radius:.3rem;padding:.1rem .5rem;margin-right:.6rem}\
    dl{display:grid;grid-template-columns:repeat(8,max-content);gap:.1rem .8rem}\
    dd{margin:0;font-weight:bold}\
    table{border-collapse:collapse;width:100%}th,td{text-align:start;vertical-align:top;padding:.4rem;\
    border-top:1px solid #8888}th[scope=row]{min-width:6.5em}td{min-width:9em}\
    tr.error th[scope=row]{color:light-dark(#a00,#f99)}\
    tr.warning th[scope=row]{color:light-dark(#850,#fc6)}.summary,.message{font-weight:600}.hint::before{content:"→ "}\
    .code,.uid,.file{font-family:ui-monospace,monospace;font-size:.9em}\
    @media(max-width:45rem){dl{grid-template-columns:max-content 1fr}\
    thead{display:none}tr,th,td{display:block;border:0;padding:.1rem 0}\
    tbody tr{border-top:1px solid #8888;padding:.6rem 0}}\
    @media print{body{font-size:.85rem}\
    main{max-width:none;padding:0}tr{break-inside:avoid}thead{display:table-header-group}}
    """
