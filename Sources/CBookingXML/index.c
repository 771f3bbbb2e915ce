#include <stdlib.h>
#include <string.h>

#include "private.h"

static size_t slot_of(const bookingxml_index *index, const xmlChar *key) {
    uint64_t mixed = ((uint64_t)(uintptr_t)key >> 3) * UINT64_C(0x9E3779B97F4A7C15);
    return (size_t)(mixed >> 32) & index->mask;
}

int bookingxml_index_fill(bookingxml_index *index, xmlDictPtr dictionary, const char *const *strings, size_t count) {
    size_t capacity = 16;
    while (capacity < count * 4) {
        capacity *= 2;
    }
    index->keys = calloc(capacity, sizeof *index->keys);
    index->values = calloc(capacity, sizeof *index->values);
    index->mask = capacity - 1;
    if (index->keys == NULL || index->values == NULL) {
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        const xmlChar *key = xmlDictLookup(dictionary, (const xmlChar *)strings[i], -1);
        if (key == NULL) {
            return 0;
        }
        size_t slot = slot_of(index, key);
        while (index->keys[slot] != NULL && index->keys[slot] != key) {
            slot = (slot + 1) & index->mask;
        }
        index->keys[slot] = key;
        index->values[slot] = (int32_t)i;
    }
    return 1;
}

void bookingxml_index_free(bookingxml_index *index) {
    free(index->keys);
    free(index->values);
}

int32_t bookingxml_index_find(const bookingxml_index *index, const xmlChar *key) {
    size_t slot = slot_of(index, key);
    while (index->keys[slot] != NULL) {
        if (index->keys[slot] == key) {
            return index->values[slot];
        }
        slot = (slot + 1) & index->mask;
    }
    return -1;
}
