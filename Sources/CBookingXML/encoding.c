#include <string.h>

#include "private.h"

// libxml2 would take whatever iconv knows, EBCDIC and UTF-7 among them; those hide markup from everybody else who
// looks at the file. So the families are told by the first bytes, and the names by a list.

int bookingxml_accepts_head(const uint8_t head[4]) {
    const uint8_t a = head[0], b = head[1], c = head[2], d = head[3];
    int is_utf8_mark = a == 0xEF && b == 0xBB && c == 0xBF;
    int is_utf16_mark = (a == 0xFE && b == 0xFF) || (a == 0xFF && b == 0xFE && (c != 0 || d != 0));
    int is_utf16_declaration =
        (a == 0 && b == '<' && c == 0 && d == '?') || (a == '<' && b == 0 && c == '?' && d == 0);
    int begins_like_xml = a == '<' || a == ' ' || a == '\t' || a == '\n' || a == '\r';
    return is_utf8_mark || is_utf16_mark || is_utf16_declaration || (begins_like_xml && b != 0 && c != 0 && d != 0);
}

int bookingxml_accepts_encoding(const char *name) {
    static const char *const accepted[] = {
        "UTF-8",      "UTF8",        "US-ASCII",     "ASCII",  "UTF-16", "UTF-16LE", "UTF-16BE",
        "ISO-8859-1", "ISO-8859-15", "WINDOWS-1252", "CP1252",
    };
    for (size_t i = 0; i < sizeof accepted / sizeof *accepted; i++) {
        if (xmlStrcasecmp((const xmlChar *)name, (const xmlChar *)accepted[i]) == 0) {
            return 1;
        }
    }
    return 0;
}
