#ifndef BOOKINGXML_PRIVATE_H
#define BOOKINGXML_PRIVATE_H

#include "bookingxml.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

// Strings of libxml2's dictionary with their index: open addressing on the address, since equal strings of one
// dictionary have one address.
typedef struct {
    const xmlChar **keys;
    int32_t *values;
    size_t mask;
} bookingxml_index;

struct bookingxml_parser {
    xmlParserCtxtPtr context;
    bookingxml_limits limits;
    bookingxml_index names;
    bookingxml_index spaces;

    bookingxml_event *events;
    size_t event_count;
    size_t event_capacity;
    uint8_t *bytes;
    size_t byte_count;
    size_t byte_capacity;

    enum bookingxml_outcome outcome;
    uint32_t line;
    uint32_t depth;
    uint32_t attribute_declarations;
    int root_is_closed;
    int is_finishing;

    // The first four bytes wait here until all are known: they tell the family of encodings.
    uint8_t head[4];
    uint32_t head_count;

    char message[256];
    char root_name[256];
    char root_space[256];
};

// 0 when memory is short.
int bookingxml_index_fill(bookingxml_index *index, xmlDictPtr dictionary, const char *const *strings, size_t count);
void bookingxml_index_free(bookingxml_index *index);
int32_t bookingxml_index_find(const bookingxml_index *index, const xmlChar *key);

// Fixes the outcome, unless there is one. libxml2 goes on to the end of the chunk, and what it finds is ignored.
void bookingxml_fail(bookingxml_parser *parser, enum bookingxml_outcome outcome, const char *message);
// The same, and libxml2 stops at once. Not from the error callback: stopping frees the input that libxml2 is reading.
void bookingxml_stop(bookingxml_parser *parser, enum bookingxml_outcome outcome, const char *message);

// A copy of `text` that fits and ends at a character's boundary.
void bookingxml_copy(char *target, size_t capacity, const char *text);

// The callbacks that make events and refuse what we do not want.
void bookingxml_fill_handler(xmlSAXHandler *handler);

// 1 for the families of encodings that we read: ASCII-compatible ones and UTF-16.
int bookingxml_accepts_head(const uint8_t head[4]);
// 1 for the encodings that a declaration may name.
int bookingxml_accepts_encoding(const char *name);

#endif
