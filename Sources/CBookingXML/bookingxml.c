#include "bookingxml.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "private.h"

static xmlParserInputPtr load_nothing(const char *url, const char *id, xmlParserCtxtPtr context) {
    (void)url;
    (void)id;
    (void)context;
    return NULL;
}

// The loader is libxml2's only switch for the whole process; a second lock beside NONET.
static void prepare_library(void) {
    xmlInitParser();
    xmlSetExternalEntityLoader(load_nothing);
}

static int options(void) {
    int options = XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_COMPACT | XML_PARSE_BIG_LINES;
#if LIBXML_VERSION >= 21300
    options |= XML_PARSE_NO_XXE;
#endif
    return options;
}

bookingxml_parser *bookingxml_create(
    bookingxml_limits limits, const char *const *names, size_t name_count, const char *const *spaces,
    size_t space_count) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, prepare_library);

    bookingxml_parser *parser = calloc(1, sizeof *parser);
    if (parser == NULL) {
        return NULL;
    }
    parser->limits = limits;
    xmlSAXHandler handler;
    bookingxml_fill_handler(&handler);
    parser->context = xmlCreatePushParserCtxt(&handler, parser, NULL, 0, NULL);
    if (parser->context == NULL) {
        bookingxml_free(parser);
        return NULL;
    }
    xmlCtxtUseOptions(parser->context, options());
    if (!bookingxml_table_begin(parser) ||
        !bookingxml_index_fill(&parser->names, parser->context->dict, names, name_count) ||
        !bookingxml_index_fill(&parser->spaces, parser->context->dict, spaces, space_count)) {
        bookingxml_free(parser);
        return NULL;
    }
    return parser;
}

void bookingxml_free(bookingxml_parser *parser) {
    if (parser == NULL) {
        return;
    }
    if (parser->context != NULL) {
        // libxml2 makes one by itself for some declarations, and leaves it to us.
        xmlFreeDoc(parser->context->myDoc);
        parser->context->myDoc = NULL;
        xmlFreeParserCtxt(parser->context);
    }
    bookingxml_xpaths_free(parser);
    bookingxml_tree_free(parser);
    bookingxml_maps_free(parser);
    bookingxml_index_free(&parser->names);
    bookingxml_index_free(&parser->spaces);
    free(parser->events);
    free(parser->values.bytes);
    bookingxml_table_free(parser);
    free(parser);
}

void bookingxml_copy(char *target, size_t capacity, const char *text) {
    size_t length = strlen(text);
    if (length >= capacity) {
        length = capacity - 1;
        while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80) {
            length--;
        }
    }
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == ' ')) {
        length--;
    }
    memcpy(target, text, length);
    target[length] = 0;
}

void bookingxml_fail(bookingxml_parser *parser, enum bookingxml_outcome outcome, const char *message) {
    if (parser->outcome != BOOKINGXML_GOING_ON) {
        return;
    }
    parser->outcome = outcome;
    int line = xmlSAX2GetLineNumber(parser->context);
    parser->line = line > 0 ? (uint32_t)line : 1;
    bookingxml_copy(parser->message, sizeof parser->message, message);
}

void bookingxml_stop(bookingxml_parser *parser, enum bookingxml_outcome outcome, const char *message) {
    bookingxml_fail(parser, outcome, message);
    xmlStopParser(parser->context);
}

static void say_nothing(void *data, const char *format, ...) {
    (void)data;
    (void)format;
}

// What libxml2 finds outside of any parser, as in its converters, it would print. The switch is the thread's, and who
// reads a file may change threads between two pieces.
static void be_quiet(void) { xmlSetGenericErrorFunc(NULL, say_nothing); }

// Before 2.14, libxml2 stops without a callback when its converter finds bytes that are no characters.
static void refuse_broken_characters(bookingxml_parser *parser) {
#if LIBXML_VERSION < 21400
    if (parser->context->disableSAX) {
        bookingxml_fail(parser, BOOKINGXML_ENCODING, NO_CHARACTERS);
    }
#else
    (void)parser;
#endif
}

static size_t unconsumed(const bookingxml_parser *parser) {
    xmlParserInputPtr input = parser->context->input;
    return input == NULL ? 0 : (size_t)(input->end - input->cur);
}

// Of a CDATA section whose end has not come, libxml2 takes so many bytes at a call, and looks through all that it has
// for the end each time: so it gets little at once. From 2.14 on it waits for the end, looks at each byte once, and has
// not consumed anything of the section until then.
#define SECTION_BYTES 300
#define SECTION_PIECE_BYTES 1024

// Takes what libxml2 has of a CDATA section; anything else that is left is not complete.
static void take_section(bookingxml_parser *parser) {
    parser->is_in_section = 0;
    size_t left = unconsumed(parser);
    while (parser->outcome == BOOKINGXML_GOING_ON && left > SECTION_BYTES) {
        xmlParseChunk(parser->context, "", 0, 0);
        size_t before = left;
        left = unconsumed(parser);
        if (left >= before) {
            return;
        }
        parser->is_in_section = 1;
    }
}

// Whether what is left is a CDATA section whose end libxml2 waits for.
static int waits_for_section(const bookingxml_parser *parser) {
#if LIBXML_VERSION >= 21400
    static const char begin[] = "<![CDATA[";
    return unconsumed(parser) >= sizeof begin - 1 &&
           memcmp(parser->context->input->cur, begin, sizeof begin - 1) == 0;
#else
    (void)parser;
    return 0;
#endif
}

// One call of libxml2, and what it does not tell through callbacks.
static void parse_piece(bookingxml_parser *parser, const uint8_t *bytes, size_t count) {
    int code = xmlParseChunk(parser->context, (const char *)bytes, (int)count, 0);
    if (parser->outcome != BOOKINGXML_GOING_ON) {
        return;
    }
    if (code == XML_ERR_NO_MEMORY) {
        bookingxml_fail(parser, BOOKINGXML_OUT_OF_MEMORY, "libxml2 has no memory");
        return;
    }
    refuse_broken_characters(parser);
    if (parser->outcome != BOOKINGXML_GOING_ON) {
        return;
    }
    take_section(parser);
    if (unconsumed(parser) > (waits_for_section(parser) ? parser->limits.section_bytes
                                                        : parser->limits.unconsumed_bytes)) {
        bookingxml_fail(parser, BOOKINGXML_TOO_LONG, "a tag, a comment, a declaration or a CDATA section is too long");
    }
    if ((uint32_t)xmlDictSize(parser->context->dict) > parser->limits.names) {
        bookingxml_fail(parser, BOOKINGXML_TOO_LONG, "the file has too many different names");
    }
}

static void parse(bookingxml_parser *parser, const uint8_t *bytes, size_t count) {
    be_quiet();
    while (parser->outcome == BOOKINGXML_GOING_ON && count > 0) {
        size_t piece = parser->is_in_section && count > SECTION_PIECE_BYTES ? SECTION_PIECE_BYTES : count;
        parse_piece(parser, bytes, piece);
        bytes += piece;
        count -= piece;
    }
}

void bookingxml_feed(bookingxml_parser *parser, const uint8_t *bytes, size_t count) {
    parser->event_count = 0;
    parser->values.count = 0;
    bookingxml_table_advance(parser);
    if (parser->head_count < sizeof parser->head) {
        while (count > 0 && parser->head_count < sizeof parser->head) {
            parser->head[parser->head_count++] = *bytes++;
            count--;
        }
        if (parser->head_count < sizeof parser->head) {
            return;
        }
        if (!bookingxml_accepts_head(parser->head)) {
            bookingxml_fail(
                parser, BOOKINGXML_ENCODING,
                "this is no XML in UTF-8, UTF-16, ISO-8859-1, ISO-8859-15 or Windows-1252");
            return;
        }
        parse(parser, parser->head, sizeof parser->head);
    }
    parse(parser, bytes, count);
}

void bookingxml_finish(bookingxml_parser *parser) {
    parser->event_count = 0;
    parser->values.count = 0;
    bookingxml_table_advance(parser);
    if (parser->outcome != BOOKINGXML_GOING_ON) {
        return;
    }
    parser->is_finishing = 1;
    if (parser->head_count < sizeof parser->head) {
        bookingxml_fail(parser, BOOKINGXML_TRUNCATED, "the file ends before its first element");
        return;
    }
    be_quiet();
    xmlParseChunk(parser->context, NULL, 0, 1);
    refuse_broken_characters(parser);
    if (parser->outcome != BOOKINGXML_GOING_ON) {
        return;
    }
    if (!parser->root_is_closed) {
        bookingxml_fail(parser, BOOKINGXML_TRUNCATED, "the file ends before its root element does");
        return;
    }
    if (!parser->context->wellFormed || !parser->context->nsWellFormed) {
        bookingxml_fail(parser, BOOKINGXML_NOT_WELL_FORMED, "not well-formed");
        return;
    }
    parser->line = (uint32_t)xmlSAX2GetLineNumber(parser->context);
    parser->outcome = BOOKINGXML_COMPLETE;
}

uint32_t bookingxml_outcome(const bookingxml_parser *parser) { return parser->outcome; }

const bookingxml_event *bookingxml_events(const bookingxml_parser *parser) { return parser->events; }

size_t bookingxml_event_count(const bookingxml_parser *parser) { return parser->event_count; }

const uint8_t *bookingxml_bytes(const bookingxml_parser *parser) { return parser->values.bytes; }

size_t bookingxml_byte_count(const bookingxml_parser *parser) { return parser->values.count; }

const char *bookingxml_message(const bookingxml_parser *parser) { return parser->message; }

uint32_t bookingxml_line(const bookingxml_parser *parser) {
    if (parser->line > 0) {
        return parser->line;
    }
    int line = xmlSAX2GetLineNumber(parser->context);
    return line > 0 ? (uint32_t)line : 1;
}

const char *bookingxml_root_name(const bookingxml_parser *parser) { return parser->root_name; }

const char *bookingxml_root_space(const bookingxml_parser *parser) { return parser->root_space; }
