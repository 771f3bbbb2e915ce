#include <stdlib.h>
#include <string.h>

#include "private.h"

// The elements of a file that no mapping reads: tables that are filled while libxml2 goes through a piece, so that who
// reads them looks at whole records and not at single events.

// An element that is open, but no longer in the table.
#define GONE UINT32_MAX

int bookingxml_table_begin(bookingxml_parser *parser) {
    parser->table.open = calloc(parser->limits.depth + (size_t)1, sizeof *parser->table.open);
    return parser->table.open != NULL && bookingxml_reserve(parser, &parser->table.text, 1) &&
           bookingxml_reserve(parser, &parser->table.words, 1);
}

void bookingxml_table_free(bookingxml_parser *parser) {
    free(parser->table.elements);
    free(parser->table.attributes);
    free(parser->table.text.bytes);
    free(parser->table.words.bytes);
    free(parser->table.open);
}

// The array with room for one more; NULL when memory is short, and then it stays as it was.
static void *grown(bookingxml_parser *parser, void *array, size_t *capacity, size_t size) {
    size_t doubled = *capacity == 0 ? 512 : *capacity * 2;
    void *grown = realloc(array, doubled * size);
    if (grown == NULL) {
        bookingxml_fail(parser, BOOKINGXML_OUT_OF_MEMORY, "no memory for elements");
        return NULL;
    }
    *capacity = doubled;
    return grown;
}

static bookingxml_element *append_element(bookingxml_parser *parser) {
    bookingxml_table *table = &parser->table;
    if (table->count == table->capacity) {
        void *elements = grown(parser, table->elements, &table->capacity, sizeof *table->elements);
        if (elements == NULL) {
            return NULL;
        }
        table->elements = elements;
    }
    bookingxml_element *element = &table->elements[table->count++];
    uint32_t text = (uint32_t)table->text.count;
    uint32_t words = (uint32_t)table->words.count;
    uint32_t attributes = (uint32_t)table->attribute_count;
    *element = (bookingxml_element){
        .text = text,
        .text_end = text,
        .words = words,
        .name_end = words,
        .attributes = attributes,
        .attributes_end = attributes,
        .depth = parser->depth,
    };
    return element;
}

// The namespace's index; no namespace is the first one.
static int32_t space_index(const bookingxml_parser *parser, const xmlChar *uri) {
    return uri == NULL ? 0 : bookingxml_index_find(&parser->spaces, uri);
}

static int append_attribute(bookingxml_parser *parser, const xmlChar **attribute) {
    bookingxml_table *table = &parser->table;
    if (table->attribute_count == table->attribute_capacity) {
        void *attributes = grown(parser, table->attributes, &table->attribute_capacity, sizeof *table->attributes);
        if (attributes == NULL) {
            return 0;
        }
        table->attributes = attributes;
    }
    // libxml2 gives five pointers: local name, prefix, namespace, start and end of the value.
    int32_t name = bookingxml_index_find(&parser->names, attribute[0]);
    size_t start = table->words.count;
    size_t length = name < 0 ? (size_t)xmlStrlen(attribute[0]) : 0;
    if (!bookingxml_append_bytes(parser, &table->words, attribute[0], length)) {
        return 0;
    }
    size_t value = table->words.count;
    if (!bookingxml_append_attribute_value(parser, &table->words, attribute[3], attribute[4])) {
        return 0;
    }
    table->attributes[table->attribute_count++] = (bookingxml_attribute){
        .name = name,
        .space = space_index(parser, attribute[2]),
        .words = (uint32_t)start,
        .value = (uint32_t)value,
        .words_end = (uint32_t)table->words.count,
    };
    return 1;
}

void bookingxml_table_start(
    bookingxml_parser *parser, const xmlChar *name, const xmlChar *space, int attribute_count,
    const xmlChar **attributes) {
    bookingxml_table *table = &parser->table;
    table->is_after_end = 0;
    bookingxml_element *element = append_element(parser);
    if (element == NULL) {
        return;
    }
    table->open[parser->depth - 1] = (uint32_t)(table->count - 1);
    element->line = (uint32_t)xmlSAX2GetLineNumber(parser->context);
    element->space = space_index(parser, space);
    element->name = bookingxml_index_find(&parser->names, name);
    if (element->name < 0) {
        if (!bookingxml_append_bytes(parser, &table->words, name, (size_t)xmlStrlen(name))) {
            return;
        }
        element->name_end = (uint32_t)table->words.count;
    }
    for (int i = 0; i < attribute_count; i++) {
        if (!append_attribute(parser, attributes + 5 * i)) {
            return;
        }
    }
    element->attributes_end = (uint32_t)table->attribute_count;
}

void bookingxml_table_end(bookingxml_parser *parser) {
    bookingxml_table *table = &parser->table;
    table->is_after_end = 1;
    uint32_t index = table->open[parser->depth];
    if (index == GONE) {
        bookingxml_element *closed = append_element(parser);
        if (closed != NULL) {
            closed->name = BOOKINGXML_CLOSED;
            closed->line = (uint32_t)xmlSAX2GetLineNumber(parser->context);
        }
        return;
    }
    table->elements[index].end = (uint32_t)table->count;
    table->elements[index].text_end = (uint32_t)table->text.count;
}

static int is_space(xmlChar byte) { return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r'; }

static int is_blank(const xmlChar *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        if (!is_space(text[i])) {
            return 0;
        }
    }
    return 1;
}

void bookingxml_table_text(bookingxml_parser *parser, const xmlChar *text, size_t length) {
    bookingxml_table *table = &parser->table;
    if (table->is_after_end) {
        if (is_blank(text, length)) {
            // Indentation between elements.
            return;
        }
        table->is_after_end = 0;
    }
    bookingxml_append_bytes(parser, &table->text, text, length);
}

void bookingxml_keep(bookingxml_parser *parser, size_t first) { parser->table.kept = first; }

static void move_bytes(bookingxml_buffer *buffer, size_t from) {
    memmove(buffer->bytes, buffer->bytes + from, buffer->count - from);
    buffer->count -= from;
}

// Moves what is kept to the front.
static void move(bookingxml_table *table, const bookingxml_element first) {
    size_t gone = table->kept;
    table->count -= gone;
    table->attribute_count -= first.attributes;
    memmove(table->elements, table->elements + gone, table->count * sizeof *table->elements);
    // Without any, there is no array either.
    if (table->attribute_count > 0) {
        memmove(
            table->attributes, table->attributes + first.attributes,
            table->attribute_count * sizeof *table->attributes);
    }
    move_bytes(&table->text, first.text);
    move_bytes(&table->words, first.words);
    for (size_t i = 0; i < table->count; i++) {
        bookingxml_element *element = &table->elements[i];
        element->end -= element->end == 0 ? 0 : (uint32_t)gone;
        element->text -= first.text;
        element->text_end -= first.text;
        element->words -= first.words;
        element->name_end -= first.words;
        element->attributes -= first.attributes;
        element->attributes_end -= first.attributes;
    }
    for (size_t i = 0; i < table->attribute_count; i++) {
        table->attributes[i].words -= first.words;
        table->attributes[i].value -= first.words;
        table->attributes[i].words_end -= first.words;
    }
}

void bookingxml_table_advance(bookingxml_parser *parser) {
    bookingxml_table *table = &parser->table;
    size_t gone = table->kept < table->count ? table->kept : table->count;
    for (uint32_t i = 0; i < parser->depth; i++) {
        table->open[i] = table->open[i] == GONE || table->open[i] < gone ? GONE : table->open[i] - (uint32_t)gone;
    }
    if (gone == table->count) {
        table->count = 0;
        table->attribute_count = 0;
        table->text.count = 0;
        table->words.count = 0;
    } else if (gone > 0) {
        move(table, table->elements[gone]);
    }
    // Without a word of the user all goes.
    table->kept = SIZE_MAX;
}

const bookingxml_element *bookingxml_elements(const bookingxml_parser *parser) { return parser->table.elements; }

size_t bookingxml_element_count(const bookingxml_parser *parser) { return parser->table.count; }

const bookingxml_attribute *bookingxml_attributes(const bookingxml_parser *parser) { return parser->table.attributes; }

size_t bookingxml_attribute_count(const bookingxml_parser *parser) { return parser->table.attribute_count; }

const uint8_t *bookingxml_text(const bookingxml_parser *parser) { return parser->table.text.bytes; }

size_t bookingxml_text_count(const bookingxml_parser *parser) { return parser->table.text.count; }

const uint8_t *bookingxml_words(const bookingxml_parser *parser) { return parser->table.words.bytes; }

size_t bookingxml_word_count(const bookingxml_parser *parser) { return parser->table.words.count; }
