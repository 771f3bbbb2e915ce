#include <stdlib.h>
#include <string.h>

#include "private.h"

int bookingxml_reserve(bookingxml_parser *parser, bookingxml_buffer *buffer, size_t count) {
    size_t capacity = buffer->capacity == 0 ? 2 * BOOKINGXML_CHUNK_BYTES : buffer->capacity;
    while (capacity - buffer->count < count) {
        capacity *= 2;
    }
    if (capacity == buffer->capacity) {
        return 1;
    }
    uint8_t *grown = realloc(buffer->bytes, capacity);
    if (grown == NULL) {
        bookingxml_fail(parser, BOOKINGXML_OUT_OF_MEMORY, "no memory for text");
        return 0;
    }
    buffer->bytes = grown;
    buffer->capacity = capacity;
    return 1;
}

int bookingxml_append_bytes(
    bookingxml_parser *parser, bookingxml_buffer *buffer, const xmlChar *bytes, size_t count) {
    if (buffer->capacity - buffer->count < count && !bookingxml_reserve(parser, buffer, count)) {
        return 0;
    }
    if (count > 0) {
        memcpy(buffer->bytes + buffer->count, bytes, count);
    }
    buffer->count += count;
    return 1;
}

// libxml2 keeps an ampersand in an attribute as `&#38;` while it replaces no entities; no other `&` is left in there.
int bookingxml_append_attribute_value(
    bookingxml_parser *parser, bookingxml_buffer *buffer, const xmlChar *value, const xmlChar *end) {
    static const char ampersand[] = "&#38;";
    while (value < end) {
        const xmlChar *found = memchr(value, '&', (size_t)(end - value));
        if (found == NULL) {
            return bookingxml_append_bytes(parser, buffer, value, (size_t)(end - value));
        }
        if (!bookingxml_append_bytes(parser, buffer, value, (size_t)(found - value) + 1)) {
            return 0;
        }
        int is_kept = (size_t)(end - found) >= sizeof ampersand - 1 &&
                      memcmp(found, ampersand, sizeof ampersand - 1) == 0;
        value = found + (is_kept ? sizeof ampersand - 1 : 1);
    }
    return 1;
}
