#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/xpathInternals.h>

#include "private.h"

// Evaluates the XPaths of a mapping on one record. A mapping is the operator's, the record a stranger's: what both
// together may cost is limited in steps, in rows and in bytes of values.

// libxml2 leaves its own words out of most of them.
static const char *reason_of(int code) {
    switch (code) {
    case XML_XPATH_INVALID_PREDICATE_ERROR:
        return "a predicate is not complete";
    case XML_XPATH_UNCLOSED_ERROR:
        return "a bracket is not closed";
    case XML_XPATH_INVALID_TYPE:
        return "a function or an operator has a value of the wrong type";
    case XML_XPATH_INVALID_ARITY:
        return "a function has a wrong number of arguments";
    case XML_XPATH_UNDEF_PREFIX_ERROR:
        return "a prefix is not declared";
    case XML_XPATH_UNKNOWN_FUNC_ERROR:
        return "a function is not known";
    case XML_XPATH_UNDEF_VARIABLE_ERROR:
        return "a variable is not known";
    case XML_XPATH_MEMORY_ERROR:
        return "there is no memory for it";
    default:
        return "it is no expression of XPath 1.0";
    }
}

#if LIBXML_VERSION >= 21200
static void on_error(void *data, const xmlError *error) {
#else
static void on_error(void *data, xmlErrorPtr error) {
#endif
    bookingxml_xpaths *xpaths = data;
    xpaths->code = error->code;
    snprintf(xpaths->message, sizeof xpaths->message, "%s, at byte %d", reason_of(error->code), error->int1);
}

// A context for a map's prefixes, which reports to `xpaths`; NULL when memory is short.
static xmlXPathContextPtr context_for(const bookingxml_map *map, xmlDocPtr document, bookingxml_xpaths *xpaths) {
    xmlXPathContextPtr context = xmlXPathNewContext(document);
    if (context == NULL) {
        return NULL;
    }
    context->error = on_error;
    context->userData = xpaths;
    for (size_t i = 0; i < map->prefix_count; i++) {
        if (xmlXPathRegisterNs(context, map->prefixes[i].prefix, map->prefixes[i].space) != 0) {
            xmlXPathFreeContext(context);
            return NULL;
        }
    }
    return context;
}

int bookingxml_xpaths_begin(bookingxml_parser *parser) {
    const bookingxml_map *map = parser->map;
    bookingxml_xpaths *xpaths = &parser->xpaths;
    xpaths->context = context_for(map, parser->tree.document, xpaths);
    xpaths->fields = calloc(map->field_count + 1, sizeof *xpaths->fields);
    if (xpaths->context == NULL || xpaths->fields == NULL) {
        return 0;
    }
    xpaths->steps_left = 10 * (uint64_t)parser->limits.xpath_steps;
    // Without it each value is allocated anew.
    xmlXPathContextSetCache(xpaths->context, 1, -1, 0);
    if (map->each != NULL) {
        xpaths->each = xmlXPathCtxtCompile(xpaths->context, map->each);
        if (xpaths->each == NULL) {
            return 0;
        }
    }
    for (size_t i = 0; i < map->field_count; i++) {
        xpaths->fields[i] = xmlXPathCtxtCompile(xpaths->context, map->fields[i]);
        if (xpaths->fields[i] == NULL) {
            return 0;
        }
    }
    return 1;
}

void bookingxml_xpaths_free(bookingxml_parser *parser) {
    bookingxml_xpaths *xpaths = &parser->xpaths;
    xmlXPathFreeCompExpr(xpaths->each);
    for (size_t i = 0; xpaths->fields != NULL && i < parser->map->field_count; i++) {
        xmlXPathFreeCompExpr(xpaths->fields[i]);
    }
    free(xpaths->fields);
    xmlXPathFreeContext(xpaths->context);
}

static void append_text(bookingxml_parser *parser, bookingxml_event event, const char *text) {
    size_t offset = parser->values.count;
    size_t length = strlen(text);
    if (!bookingxml_append_bytes(parser, &parser->values, (const xmlChar *)text, length)) {
        return;
    }
    bookingxml_event *appended = bookingxml_append_event(parser, event.kind);
    if (appended != NULL) {
        *appended = event;
        appended->offset = (uint32_t)offset;
        appended->length = (uint32_t)length;
    }
}

static void append_over_limit(bookingxml_parser *parser, uint32_t line, const char *why) {
    append_text(parser, (bookingxml_event){.kind = BOOKINGXML_OVER_LIMIT, .name = -1, .line = line}, why);
}

// What one record has given so far: a place among the events to return to, and what may still come.
typedef struct {
    size_t event_count;
    size_t byte_count;
    uint32_t line;
} bookingxml_record_start;

// Takes back what the record gave, and says instead that it is over a limit.
static void give_up(bookingxml_parser *parser, bookingxml_record_start start, const char *why) {
    parser->event_count = start.event_count;
    parser->values.count = start.byte_count;
    bookingxml_event *row = bookingxml_append_event(parser, BOOKINGXML_ROW);
    if (row != NULL) {
        row->line = start.line;
        append_over_limit(parser, start.line, why);
    }
}

// The value of one XPath at a node, which is the `position`th of `size`; NULL when there is none, and then `code` and
// `message` say why.
static xmlXPathObjectPtr evaluate(
    bookingxml_xpaths *xpaths, xmlXPathCompExprPtr compiled, xmlNodePtr node, int position, int size) {
    xpaths->code = XML_XPATH_EXPRESSION_OK;
    xpaths->message[0] = 0;
    xpaths->context->node = node;
    xpaths->context->proximityPosition = position;
    xpaths->context->contextSize = size;
    return xmlXPathCompiledEval(compiled, xpaths->context);
}

static void append_value(bookingxml_parser *parser, size_t field, uint32_t line, xmlChar *value) {
    if (value == NULL) {
        bookingxml_fail(parser, BOOKINGXML_OUT_OF_MEMORY, "no memory for a value");
        return;
    }
    append_text(
        parser, (bookingxml_event){.kind = BOOKINGXML_VALUE, .name = (int32_t)field, .line = line},
        (const char *)value);
    xmlFree(value);
}

// Whether what the record gives is still within its limit.
static int has_room(const bookingxml_parser *parser, bookingxml_record_start start) {
    return parser->values.count - start.byte_count <= parser->limits.mapped_bytes &&
           parser->event_count - start.event_count <= parser->limits.mapped_elements;
}

static void append_values(
    bookingxml_parser *parser, bookingxml_record_start start, size_t field, uint32_t line, xmlXPathObjectPtr object) {
    if (object->type != XPATH_NODESET) {
        // No number is no value.
        if (object->type != XPATH_NUMBER || !xmlXPathIsNaN(object->floatval)) {
            append_value(parser, field, line, xmlXPathCastToString(object));
        }
        return;
    }
    int count = object->nodesetval == NULL ? 0 : object->nodesetval->nodeNr;
    for (int i = 0; i < count && has_room(parser, start); i++) {
        xmlNodePtr node = object->nodesetval->nodeTab[i];
        uint32_t own_line = bookingxml_tree_line(node);
        append_value(parser, field, own_line == 0 ? line : own_line, xmlXPathCastNodeToString(node));
    }
}

// Whether an evaluation ended because it took too long. libxml2 counts its codes from XPATH_EXPRESSION_OK on.
static int is_over_limit(int code) {
    return code == XML_XPATH_EXPRESSION_OK + XPATH_OP_LIMIT_EXCEEDED ||
           code == XML_XPATH_EXPRESSION_OK + XPATH_RECURSION_LIMIT_EXCEEDED;
}

#define TOO_LONG "the XPaths take too long"

// 0 when the record is given up.
static int read_row(
    bookingxml_parser *parser, bookingxml_record_start start, xmlNodePtr node, int position, int size) {
    bookingxml_xpaths *xpaths = &parser->xpaths;
    uint32_t line = bookingxml_tree_line(node);
    line = line == 0 ? start.line : line;
    bookingxml_event *row = bookingxml_append_event(parser, BOOKINGXML_ROW);
    if (row == NULL) {
        return 0;
    }
    row->line = line;
    for (size_t i = 0; i < parser->map->field_count; i++) {
        xmlXPathObjectPtr object = evaluate(xpaths, xpaths->fields[i], node, position, size);
        if (object != NULL) {
            append_values(parser, start, i, line, object);
            xmlXPathFreeObject(object);
        } else if (is_over_limit(xpaths->code)) {
            give_up(parser, start, TOO_LONG);
            return 0;
        } else {
            append_text(
                parser, (bookingxml_event){.kind = BOOKINGXML_NO_VALUE, .name = (int32_t)i, .line = line},
                xpaths->message);
        }
        if (!has_room(parser, start)) {
            give_up(parser, start, "the record gives too many values");
            return 0;
        }
    }
    return parser->outcome == BOOKINGXML_GOING_ON;
}

static void read_rows(bookingxml_parser *parser, bookingxml_record_start start) {
    bookingxml_xpaths *xpaths = &parser->xpaths;
    xmlNodePtr record = parser->tree.record;
    if (xpaths->each == NULL) {
        read_row(parser, start, record, 1, 1);
        return;
    }
    xmlXPathObjectPtr rows = evaluate(xpaths, xpaths->each, record, 1, 1);
    if (rows == NULL && is_over_limit(xpaths->code)) {
        give_up(parser, start, TOO_LONG);
    } else if (rows == NULL || rows->type != XPATH_NODESET) {
        bookingxml_event *row = bookingxml_append_event(parser, BOOKINGXML_ROW);
        if (row != NULL) {
            row->line = start.line;
            append_text(
                parser, (bookingxml_event){.kind = BOOKINGXML_NO_VALUE, .name = -1, .line = start.line},
                xpaths->message);
        }
    } else {
        int count = rows->nodesetval == NULL ? 0 : rows->nodesetval->nodeNr;
        if ((uint32_t)count > parser->limits.mapped_rows) {
            give_up(parser, start, "the record has too many rows");
            count = 0;
        }
        for (int i = 0; i < count; i++) {
            if (!read_row(parser, start, rows->nodesetval->nodeTab[i], i + 1, count)) {
                break;
            }
        }
    }
    xmlXPathFreeObject(rows);
}

void bookingxml_xpaths_read_record(bookingxml_parser *parser) {
    bookingxml_tree *tree = &parser->tree;
    bookingxml_xpaths *xpaths = &parser->xpaths;
    bookingxml_record_start start = {
        .event_count = parser->event_count, .byte_count = parser->values.count, .line = tree->record_line};
    if (parser->outcome != BOOKINGXML_GOING_ON) {
        return;
    }
    if (tree->record == NULL) {
        give_up(parser, start, tree->over_limit == NULL ? "the record has too much" : tree->over_limit);
        return;
    }
    // A tag counts for its brackets and a short name, so that it does not matter in which pieces the file comes.
    uint64_t bytes = tree->bytes + (uint64_t)16 * (tree->elements + 1);
    xpaths->steps_left += bytes * parser->limits.xpath_steps_per_byte;
    uint64_t steps = parser->limits.xpath_steps;
    steps = steps < xpaths->steps_left ? steps : xpaths->steps_left;
    if (steps == 0) {
        give_up(parser, start, TOO_LONG);
        return;
    }
    // Comparing places in the tree is slow without.
    xmlXPathOrderDocElems(tree->document);
    xpaths->context->opLimit = (unsigned long)steps;
    xpaths->context->opCount = 0;
    read_rows(parser, start);
    uint64_t done = xpaths->context->opCount;
    xpaths->steps_left -= done < xpaths->steps_left ? done : xpaths->steps_left;
}

uint32_t bookingxml_xpath_type(
    const bookingxml_parser *parser, const char *xpath, char *message, size_t capacity) {
    bookingxml_xpaths xpaths = {0};
    uint32_t type = BOOKINGXML_XPATH_WRONG;
    bookingxml_copy(message, capacity, "no memory");
    xmlDocPtr document = xmlNewDoc(NULL);
    xmlNodePtr root = xmlNewDocNode(document, NULL, (const xmlChar *)"record", NULL);
    if (document == NULL || root == NULL || parser->map_count == 0) {
        xmlFreeNode(root);
        xmlFreeDoc(document);
        return type;
    }
    xmlDocSetRootElement(document, root);
    xpaths.context = context_for(&parser->maps[parser->map_count - 1], document, &xpaths);
    if (xpaths.context != NULL) {
        xpaths.context->opLimit = 100000;
        xmlXPathCompExprPtr compiled = xmlXPathCtxtCompile(xpaths.context, (const xmlChar *)xpath);
        xmlXPathObjectPtr object = compiled == NULL ? NULL : evaluate(&xpaths, compiled, root, 1, 1);
        if (object != NULL) {
            type = object->type == XPATH_NODESET ? BOOKINGXML_XPATH_NODES : BOOKINGXML_XPATH_VALUE;
        }
        bookingxml_copy(message, capacity, xpaths.message);
        xmlXPathFreeObject(object);
        xmlXPathFreeCompExpr(compiled);
        xmlXPathFreeContext(xpaths.context);
    }
    xmlFreeDoc(document);
    return type;
}
