// The floor of reading XML: libxml2's push parser with handlers that do nothing, fed as Bookwatch feeds it.
// usage: xml-floor FILE

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <libxml/SAX2.h>
#include <libxml/parser.h>

#define CHUNK 16384

static void on_start(
    void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespace_count,
    const xmlChar **namespaces, int attribute_count, int defaulted_count, const xmlChar **attributes) {
    (void)data, (void)name, (void)prefix, (void)uri, (void)namespace_count, (void)namespaces;
    (void)attribute_count, (void)defaulted_count, (void)attributes;
}

static void on_end(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
    (void)data, (void)name, (void)prefix, (void)uri;
}

static void on_text(void *data, const xmlChar *text, int length) { (void)data, (void)text, (void)length; }

int main(int count, char **arguments) {
    if (count != 2) {
        return 64;
    }
    int file = open(arguments[1], O_RDONLY);
    if (file < 0) {
        return 66;
    }
    xmlSAXHandler handler = {
        .initialized = XML_SAX2_MAGIC,
        .startElementNs = on_start,
        .endElementNs = on_end,
        .characters = on_text,
        .ignorableWhitespace = on_text,
        .cdataBlock = on_text,
    };
    xmlParserCtxtPtr context = xmlCreatePushParserCtxt(&handler, NULL, NULL, 0, NULL);
    xmlCtxtUseOptions(context, XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_COMPACT | XML_PARSE_BIG_LINES);
    static char bytes[CHUNK];
    ssize_t got;
    while ((got = read(file, bytes, CHUNK)) > 0) {
        if (xmlParseChunk(context, bytes, (int)got, 0) != 0) {
            return 65;
        }
    }
    int is_whole = xmlParseChunk(context, NULL, 0, 1) == 0 && context->wellFormed;
    xmlFreeParserCtxt(context);
    return got == 0 && is_whole ? 0 : 65;
}
