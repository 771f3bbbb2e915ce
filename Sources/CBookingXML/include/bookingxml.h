#ifndef BOOKINGXML_H
#define BOOKINGXML_H

#include <stddef.h>
#include <stdint.h>

// A push parser for XML from strangers. It owns every libxml2 structure; its user sees bytes, numbers and elements.
// Nothing is fetched, no DTD is read, no entity is expanded, and every size has a limit.

// Feed at most this many bytes at once, so that the elements of one call stay few.
#define BOOKINGXML_CHUNK_BYTES 16384

typedef struct bookingxml_parser bookingxml_parser;

// An element; those of a record are followed by it in the order of the file.
typedef struct {
    // Index into the vocabulary; -1 for a name that is not in it, BOOKINGXML_CLOSED for no element.
    int32_t name;
    // Index into the namespaces; -1 for one that is not among them.
    int32_t space;
    // From 1: where the start tag ends.
    uint32_t line;
    // How many elements are open with it; for BOOKINGXML_CLOSED, how many are left.
    uint32_t depth;
    // The index after its last descendant; 0 while it is open.
    uint32_t end;
    // A range of `bookingxml_text`: character data and CDATA alike, those of its descendants included. Of the white
    // space between two elements, some is left out.
    uint32_t text;
    uint32_t text_end;
    // A range of `bookingxml_words`: a name outside of the vocabulary. The words of an element begin here.
    uint32_t words;
    uint32_t name_end;
    // A range of `bookingxml_attributes`.
    uint32_t attributes;
    uint32_t attributes_end;
} bookingxml_element;

// In the place of an element: one ends that began before the first of the elements.
#define BOOKINGXML_CLOSED (-2)

typedef struct {
    // As of an element.
    int32_t name;
    int32_t space;
    // In `bookingxml_words`: a name outside of the vocabulary up to `value`, and from there the value.
    uint32_t words;
    uint32_t value;
    uint32_t words_end;
} bookingxml_attribute;

// The events of a file that a mapping reads, which has no elements for its user.
enum bookingxml_kind {
    // A row: `line` is set; its values follow, or one finding.
    BOOKINGXML_ROW = 0,
    // `name` is the index of the row's field; `line` and the bytes are set. A field of several nodes has several.
    BOOKINGXML_VALUE = 1,
    // The row, or the whole record, is over a limit; the bytes say which.
    BOOKINGXML_OVER_LIMIT = 2,
    // An XPath has no value here: `name` is the index of its field, -1 for the one that makes rows; the bytes say why.
    BOOKINGXML_NO_VALUE = 3,
};

typedef struct {
    uint32_t kind;
    int32_t name;
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
    // The same for a CDATA section that libxml2 gives as a whole, with its marks. A libxml2 before 2.14 gives it in
    // parts, and there it may be of any length.
    uint32_t section_bytes;
    uint32_t attributes_per_element;
    // Different names and namespaces: libxml2 keeps each until the end, and gets slow where they are many.
    uint32_t names;
    // Of one record that a mapping reads.
    uint32_t mapped_elements;
    uint32_t mapped_bytes;
    uint32_t mapped_rows;
    // What XPath may do for one record, in steps of libxml2's own count.
    uint32_t xpath_steps;
    // What it may do for the file: so much for each byte of its records, after a start of ten records' worth.
    uint32_t xpath_steps_per_byte;
} bookingxml_limits;

// A parser that reports the given names and namespaces by their index. The empty namespace must be the first one.
// The strings are copied. NULL when memory is short.
bookingxml_parser *bookingxml_create(
    bookingxml_limits limits, const char *const *names, size_t name_count, const char *const *spaces,
    size_t space_count);

// NULL is allowed.
void bookingxml_free(bookingxml_parser *parser);

// Begins a mapping: a file whose root is the first of its steps gives rows of values instead of elements. Of several
// mappings for one root the first counts. All strings are copied. These return 0 when memory is short.
int bookingxml_mapping_begin(bookingxml_parser *parser);
// The next step of the path from the root, which is the first one, to the records: at least two.
int bookingxml_mapping_step(bookingxml_parser *parser, const char *space, const char *name);
// A prefix of the XPaths that follow.
int bookingxml_mapping_prefix(bookingxml_parser *parser, const char *prefix, const char *space);
// The nodes below a record that are rows; without it, each record is one.
int bookingxml_mapping_each(bookingxml_parser *parser, const char *xpath);
// The next field of a row.
int bookingxml_mapping_field(bookingxml_parser *parser, const char *xpath);

// The index of the mapping that reads the file; -1 for none, and before the root's start tag.
int32_t bookingxml_mapping(const bookingxml_parser *parser);

enum bookingxml_xpath_type {
    BOOKINGXML_XPATH_WRONG = 0,
    BOOKINGXML_XPATH_NODES = 1,
    BOOKINGXML_XPATH_VALUE = 2,
};

// What an XPath gives, with the prefixes of the parser's last mapping, when a small tree is asked. What is wrong with it
// goes to `message`.
uint32_t bookingxml_xpath_type(
    const bookingxml_parser *parser, const char *xpath, char *message, size_t capacity);

// Parses the next bytes; the events of the call before are gone, and the elements that were not kept.
void bookingxml_feed(bookingxml_parser *parser, const uint8_t *bytes, size_t count);

// Tells that no more bytes come, and fixes the outcome.
void bookingxml_finish(bookingxml_parser *parser);

uint32_t bookingxml_outcome(const bookingxml_parser *parser);

// The elements of the last feed or finish, behind those that were kept, and what they point into; valid until the next
// call.
const bookingxml_element *bookingxml_elements(const bookingxml_parser *parser);
size_t bookingxml_element_count(const bookingxml_parser *parser);
const bookingxml_attribute *bookingxml_attributes(const bookingxml_parser *parser);
size_t bookingxml_attribute_count(const bookingxml_parser *parser);
const uint8_t *bookingxml_text(const bookingxml_parser *parser);
size_t bookingxml_text_count(const bookingxml_parser *parser);
const uint8_t *bookingxml_words(const bookingxml_parser *parser);
size_t bookingxml_word_count(const bookingxml_parser *parser);

// Keeps the elements from `first` on, the next feed or finish adds to them; otherwise it begins with none.
void bookingxml_keep(bookingxml_parser *parser, size_t first);

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
