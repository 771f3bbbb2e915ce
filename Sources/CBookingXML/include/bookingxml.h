#ifndef BOOKINGXML_H
#define BOOKINGXML_H

#include <stddef.h>
#include <stdint.h>

// A push parser for XML from strangers. It owns every libxml2 structure; its user sees bytes, numbers and events.
// Nothing is fetched, no DTD is read, no entity is expanded, and every size has a limit.

// Feed at most this many bytes at once, so that the events of one call stay small.
#define BOOKINGXML_CHUNK_BYTES 16384

typedef struct bookingxml_parser bookingxml_parser;

enum bookingxml_kind {
    // `name`, `space` and `line` are set, and for a name outside of the vocabulary its bytes; the element's attributes
    // follow.
    BOOKINGXML_START = 0,
    // `name`, `space` and the bytes of the value are set.
    BOOKINGXML_ATTRIBUTE = 1,
    // The bytes are set: character data and CDATA alike. An element's text may come in several events.
    // Of the white space between two elements, some is left out.
    BOOKINGXML_TEXT = 2,
    // The innermost open element ends.
    BOOKINGXML_END = 3,
};

typedef struct {
    uint32_t kind;
    // Index into the vocabulary; -1 for a name that is not in it.
    int32_t name;
    // Index into the namespaces; -1 for one that is not among them.
    int32_t space;
    // From 1: where the start tag ends.
    uint32_t line;
    // A range of `bookingxml_bytes`.
    uint32_t offset;
    uint32_t length;
} bookingxml_event;

// Why reading stopped. An outcome is final: whatever is fed afterwards is ignored.
enum bookingxml_outcome {
    BOOKINGXML_GOING_ON = 0,
    // Finished, and well-formed.
    BOOKINGXML_COMPLETE = 1,
    // The input ended before the root element did.
    BOOKINGXML_TRUNCATED = 2,
    BOOKINGXML_NOT_WELL_FORMED = 3,
    // An entity is declared, or one that XML does not predefine is used.
    BOOKINGXML_ENTITY = 4,
    BOOKINGXML_ENCODING = 5,
    BOOKINGXML_TOO_DEEP = 6,
    // One tag, comment or declaration is longer than the limit.
    BOOKINGXML_TOO_LONG = 7,
    BOOKINGXML_TOO_MANY_ATTRIBUTES = 8,
    BOOKINGXML_OUT_OF_MEMORY = 9,
};

typedef struct {
    // Levels of nesting, the root included.
    uint32_t depth;
    // What may stay unconsumed after a chunk: the longest tag.
    uint32_t unconsumed_bytes;
    uint32_t attributes_per_element;
} bookingxml_limits;

// A parser that reports the given names and namespaces by their index. The empty namespace must be the first one.
// The strings are copied. NULL when memory is short.
bookingxml_parser *bookingxml_create(
    bookingxml_limits limits, const char *const *names, size_t name_count, const char *const *spaces,
    size_t space_count);

// NULL is allowed.
void bookingxml_free(bookingxml_parser *parser);

// Parses the next bytes; the events of the call before are gone.
void bookingxml_feed(bookingxml_parser *parser, const uint8_t *bytes, size_t count);

// Tells that no more bytes come, and fixes the outcome.
void bookingxml_finish(bookingxml_parser *parser);

uint32_t bookingxml_outcome(const bookingxml_parser *parser);

// The events of the last feed or finish, and the bytes that they point into; valid until the next call.
const bookingxml_event *bookingxml_events(const bookingxml_parser *parser);
size_t bookingxml_event_count(const bookingxml_parser *parser);
const uint8_t *bookingxml_bytes(const bookingxml_parser *parser);
size_t bookingxml_byte_count(const bookingxml_parser *parser);

// What is wrong, in UTF-8, cut to a few hundred bytes; empty while nothing is wrong.
const char *bookingxml_message(const bookingxml_parser *parser);
// The line of what is wrong, from 1; while nothing is wrong, the line that was reached.
uint32_t bookingxml_line(const bookingxml_parser *parser);

// Local name and namespace of the root element, cut to a few hundred bytes; empty before its start tag.
const char *bookingxml_root_name(const bookingxml_parser *parser);
const char *bookingxml_root_space(const bookingxml_parser *parser);

#endif
