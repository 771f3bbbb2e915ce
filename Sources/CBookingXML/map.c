#include <stdlib.h>
#include <string.h>

#include "private.h"

// Mappings as they are told: strings of libxml2's dictionary, so that names are compared by their address.

// A copy in the dictionary. `marks_ampersands` writes them as libxml2 keeps them in the value of an attribute, of which
// a namespace is one.
static const xmlChar *intern(const bookingxml_parser *parser, const char *text, int marks_ampersands) {
    xmlDictPtr dictionary = parser->context->dict;
    if (!marks_ampersands || strchr(text, '&') == NULL) {
        return xmlDictLookup(dictionary, (const xmlChar *)text, -1);
    }
    xmlChar *marked = xmlStrdup((const xmlChar *)"");
    for (const char *rest = text; marked != NULL && *rest != 0; rest++) {
        marked = *rest == '&' ? xmlStrcat(marked, (const xmlChar *)"&#38;")
                              : xmlStrncat(marked, (const xmlChar *)rest, 1);
    }
    const xmlChar *interned = marked == NULL ? NULL : xmlDictLookup(dictionary, marked, -1);
    xmlFree(marked);
    return interned;
}

// Makes room for one more in an array.
static int grow(void **array, size_t count, size_t size) {
    void *grown = realloc(*array, (count + 1) * size);
    if (grown == NULL) {
        return 0;
    }
    *array = grown;
    return 1;
}

static bookingxml_map *last_map(bookingxml_parser *parser) {
    return parser->map_count == 0 ? NULL : &parser->maps[parser->map_count - 1];
}

int bookingxml_mapping_begin(bookingxml_parser *parser) {
    if (!grow((void **)&parser->maps, parser->map_count, sizeof *parser->maps)) {
        return 0;
    }
    parser->maps[parser->map_count++] = (bookingxml_map){0};
    return 1;
}

int bookingxml_mapping_step(bookingxml_parser *parser, const char *space, const char *name) {
    bookingxml_map *map = last_map(parser);
    if (map == NULL || !grow((void **)&map->steps, map->step_count, sizeof *map->steps)) {
        return 0;
    }
    bookingxml_step step = {.name = intern(parser, name, 0)};
    if (*space != 0) {
        step.space = intern(parser, space, 1);
    }
    map->steps[map->step_count++] = step;
    return step.name != NULL && (*space == 0 || step.space != NULL);
}

int bookingxml_mapping_prefix(bookingxml_parser *parser, const char *prefix, const char *space) {
    bookingxml_map *map = last_map(parser);
    if (map == NULL || !grow((void **)&map->prefixes, map->prefix_count, sizeof *map->prefixes)) {
        return 0;
    }
    bookingxml_prefix pair = {.prefix = intern(parser, prefix, 0), .space = intern(parser, space, 1)};
    map->prefixes[map->prefix_count++] = pair;
    return pair.prefix != NULL && pair.space != NULL;
}

int bookingxml_mapping_each(bookingxml_parser *parser, const char *xpath) {
    bookingxml_map *map = last_map(parser);
    if (map == NULL) {
        return 0;
    }
    map->each = intern(parser, xpath, 0);
    return map->each != NULL;
}

int bookingxml_mapping_field(bookingxml_parser *parser, const char *xpath) {
    bookingxml_map *map = last_map(parser);
    if (map == NULL || !grow((void **)&map->fields, map->field_count, sizeof *map->fields)) {
        return 0;
    }
    map->fields[map->field_count] = intern(parser, xpath, 0);
    return map->fields[map->field_count++] != NULL;
}

int32_t bookingxml_mapping(const bookingxml_parser *parser) {
    return parser->map == NULL ? -1 : (int32_t)(parser->map - parser->maps);
}

int bookingxml_map_begin(bookingxml_parser *parser, const xmlChar *name, const xmlChar *space) {
    for (size_t i = 0; i < parser->map_count && parser->map == NULL; i++) {
        const bookingxml_map *map = &parser->maps[i];
        if (map->step_count > 0 && map->steps[0].name == name && map->steps[0].space == space) {
            parser->map = map;
        }
    }
    if (parser->map == NULL) {
        return 0;
    }
    if (!bookingxml_tree_begin(parser) || !bookingxml_xpaths_begin(parser)) {
        bookingxml_stop(parser, BOOKINGXML_OUT_OF_MEMORY, "no memory for a mapping");
    }
    return 1;
}

void bookingxml_maps_free(bookingxml_parser *parser) {
    for (size_t i = 0; i < parser->map_count; i++) {
        free(parser->maps[i].steps);
        free(parser->maps[i].prefixes);
        free(parser->maps[i].fields);
    }
    free(parser->maps);
}
