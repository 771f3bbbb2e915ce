#ifndef BOOKINGXML_PRIVATE_H
#define BOOKINGXML_PRIVATE_H

#include "bookingxml.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xpath.h>

// Strings of libxml2's dictionary with their index: open addressing on the address, since equal strings of one
// dictionary have one address.
typedef struct {
    const xmlChar **keys;
    int32_t *values;
    size_t mask;
} bookingxml_index;

typedef struct {
    uint8_t *bytes;
    size_t count;
    size_t capacity;
} bookingxml_buffer;

// The elements for the parser's user, in document order, and what they point into.
typedef struct {
    bookingxml_element *elements;
    size_t count;
    size_t capacity;
    bookingxml_attribute *attributes;
    size_t attribute_count;
    size_t attribute_capacity;
    bookingxml_buffer text;
    bookingxml_buffer words;
    // For each open element its index in `elements`, or GONE.
    uint32_t *open;
    // What is kept at the next call.
    size_t kept;
    // Whether nothing but white space came since an element ended.
    int is_after_end;
} bookingxml_table;

// One step of the path to a mapping's records, in libxml2's dictionary; `space` is NULL for no namespace.
typedef struct {
    const xmlChar *space;
    const xmlChar *name;
} bookingxml_step;

typedef struct {
    const xmlChar *prefix;
    const xmlChar *space;
} bookingxml_prefix;

// A mapping as it was told, in libxml2's dictionary.
typedef struct {
    bookingxml_step *steps;
    size_t step_count;
    bookingxml_prefix *prefixes;
    size_t prefix_count;
    const xmlChar *each;
    const xmlChar **fields;
    size_t field_count;
} bookingxml_map;

// The elements of a mapped file that are kept: those that are open above a record, without their other children, and
// what is open of the record itself.
typedef struct {
    xmlDocPtr document;
    // The innermost open element.
    xmlNodePtr open;
    // The record; NULL between records, and while one is over a limit.
    xmlNodePtr record;
    // The element that the record is in.
    xmlNodePtr above;
    uint32_t record_line;
    // How many steps of the path are open.
    uint32_t matched;
    int is_in_record;
    // What is too much about the record; NULL for nothing.
    const char *over_limit;
    uint32_t elements;
    size_t bytes;

    // Character data that is not yet in the tree.
    uint8_t *text;
    size_t text_count;
    size_t text_capacity;

    // Each pair of prefix and namespace once.
    xmlNsPtr *spaces;
    size_t space_count;
} bookingxml_tree;

// The XPaths of the mapping that reads the file.
typedef struct {
    xmlXPathContextPtr context;
    xmlXPathCompExprPtr each;
    xmlXPathCompExprPtr *fields;
    // What may still be done for the file.
    uint64_t steps_left;
    // What is wrong with the evaluation that goes on.
    int code;
    char message[256];
} bookingxml_xpaths;

struct bookingxml_parser {
    xmlParserCtxtPtr context;
    bookingxml_limits limits;
    bookingxml_index names;
    bookingxml_index spaces;

    bookingxml_table table;

    // Of a mapped file.
    bookingxml_event *events;
    size_t event_count;
    size_t event_capacity;
    bookingxml_buffer values;

    enum bookingxml_outcome outcome;
    uint32_t line;
    uint32_t depth;
    uint32_t attribute_declarations;
    int root_is_closed;
    int is_finishing;
    // Whether libxml2 was in a CDATA section at the end of the last piece.
    int is_in_section;

    // The first four bytes wait here until all are known: they tell the family of encodings.
    uint8_t head[4];
    uint32_t head_count;

    char message[256];
    char root_name[256];
    char root_space[256];

    bookingxml_map *maps;
    size_t map_count;
    // The one that reads the file.
    const bookingxml_map *map;
    bookingxml_tree tree;
    bookingxml_xpaths xpaths;
};

// 0 when memory is short.
int bookingxml_index_fill(bookingxml_index *index, xmlDictPtr dictionary, const char *const *strings, size_t count);
void bookingxml_index_free(bookingxml_index *index);
int32_t bookingxml_index_find(const bookingxml_index *index, const xmlChar *key);

#define NO_CHARACTERS "some bytes are no characters of the file's encoding"

// Fixes the outcome, unless there is one. libxml2 goes on to the end of the chunk, and what it finds is ignored.
void bookingxml_fail(bookingxml_parser *parser, enum bookingxml_outcome outcome, const char *message);
// The same, and libxml2 stops at once. Not from the error callback: stopping frees the input that libxml2 is reading.
void bookingxml_stop(bookingxml_parser *parser, enum bookingxml_outcome outcome, const char *message);

// A copy of `text` that fits and ends at a character's boundary.
void bookingxml_copy(char *target, size_t capacity, const char *text);

// NULL, or 0, when memory is short; then the outcome is fixed.
bookingxml_event *bookingxml_append_event(bookingxml_parser *parser, uint32_t kind);
int bookingxml_append_bytes(
    bookingxml_parser *parser, bookingxml_buffer *buffer, const xmlChar *bytes, size_t count);
// Makes room for `count` more.
int bookingxml_reserve(bookingxml_parser *parser, bookingxml_buffer *buffer, size_t count);
// The same for the value of an attribute as libxml2 hands it over.
int bookingxml_append_attribute_value(
    bookingxml_parser *parser, bookingxml_buffer *buffer, const xmlChar *value, const xmlChar *end);

// The elements of a file that no mapping reads. `attributes` are as SAX2 gives them.
int bookingxml_table_begin(bookingxml_parser *parser);
void bookingxml_table_start(
    bookingxml_parser *parser, const xmlChar *name, const xmlChar *space, int attribute_count,
    const xmlChar **attributes);
void bookingxml_table_end(bookingxml_parser *parser);
void bookingxml_table_text(bookingxml_parser *parser, const xmlChar *text, size_t length);
// Forgets what is not kept.
void bookingxml_table_advance(bookingxml_parser *parser);
void bookingxml_table_free(bookingxml_parser *parser);

// Whether a mapping is for this root; from then on it reads the file.
int bookingxml_map_begin(bookingxml_parser *parser, const xmlChar *name, const xmlChar *space);
void bookingxml_maps_free(bookingxml_parser *parser);

// The elements of a mapped file. `attributes` are as SAX2 gives them.
void bookingxml_tree_start(
    bookingxml_parser *parser, const xmlChar *name, const xmlChar *prefix, const xmlChar *space, int attribute_count,
    const xmlChar **attributes);
void bookingxml_tree_end(bookingxml_parser *parser);
void bookingxml_tree_text(bookingxml_parser *parser, const xmlChar *text, size_t length);
int bookingxml_tree_begin(bookingxml_parser *parser);
void bookingxml_tree_free(bookingxml_parser *parser);
// The line of the element that `node` is, or belongs to; 0 for none.
uint32_t bookingxml_tree_line(const xmlNode *node);

// Compiles the XPaths of the parser's mapping; 0 when memory is short.
int bookingxml_xpaths_begin(bookingxml_parser *parser);
void bookingxml_xpaths_free(bookingxml_parser *parser);
// Makes the events of the record that has just ended.
void bookingxml_xpaths_read_record(bookingxml_parser *parser);

// The callbacks that make events and refuse what we do not want.
void bookingxml_fill_handler(xmlSAXHandler *handler);

// 1 for the families of encodings that we read: ASCII-compatible ones and UTF-16.
int bookingxml_accepts_head(const uint8_t head[4]);
// 1 for the encodings that a declaration may name.
int bookingxml_accepts_encoding(const char *name);

#endif
