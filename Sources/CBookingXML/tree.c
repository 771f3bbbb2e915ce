#include <stdlib.h>
#include <string.h>

#include "private.h"

// The tree of a mapped file: the elements above a record with nothing else in them, and one record at a time.

// Different prefixes and namespaces in one file; more are an attack on whoever looks them up.
#define NAMESPACES 256

int bookingxml_tree_begin(bookingxml_parser *parser) {
    bookingxml_tree *tree = &parser->tree;
    tree->document = xmlNewDoc(NULL);
    if (tree->document == NULL) {
        return 0;
    }
    // Names are the parser's own: freeing a node asks the dictionary whose they are.
    tree->document->dict = parser->context->dict;
    xmlDictReference(tree->document->dict);
    return 1;
}

static void free_record(bookingxml_tree *tree) {
    if (tree->record != NULL) {
        xmlUnlinkNode(tree->record);
        xmlFreeNode(tree->record);
    }
    tree->record = NULL;
    tree->text_count = 0;
}

void bookingxml_tree_free(bookingxml_parser *parser) {
    bookingxml_tree *tree = &parser->tree;
    xmlFreeDoc(tree->document);
    for (size_t i = 0; i < tree->space_count; i++) {
        xmlFreeNs(tree->spaces[i]);
    }
    free(tree->spaces);
    free(tree->text);
}

uint32_t bookingxml_tree_line(const xmlNode *node) {
    while (node != NULL && node->type != XML_ELEMENT_NODE) {
        // A namespace node has another shape, and belongs to no line.
        node = node->type == XML_ATTRIBUTE_NODE || node->type == XML_TEXT_NODE ? node->parent : NULL;
    }
    return node == NULL ? 0 : (uint32_t)(uintptr_t)node->_private;
}

// NULL without a namespace, and after a failure.
static xmlNsPtr namespace_of(bookingxml_parser *parser, const xmlChar *prefix, const xmlChar *space) {
    if (space == NULL) {
        return NULL;
    }
    bookingxml_tree *tree = &parser->tree;
    for (size_t i = 0; i < tree->space_count; i++) {
        if (xmlStrEqual(tree->spaces[i]->href, space) && xmlStrEqual(tree->spaces[i]->prefix, prefix)) {
            return tree->spaces[i];
        }
    }
    if (tree->space_count == NAMESPACES) {
        bookingxml_stop(parser, BOOKINGXML_TOO_LONG, "the file has too many namespaces");
        return NULL;
    }
    xmlNsPtr *grown = realloc(tree->spaces, (tree->space_count + 1) * sizeof *grown);
    if (grown == NULL) {
        bookingxml_fail(parser, BOOKINGXML_OUT_OF_MEMORY, "no memory for namespaces");
        return NULL;
    }
    tree->spaces = grown;
    // libxml2 makes none with the prefix that XML reserves.
    int is_reserved = xmlStrEqual(prefix, (const xmlChar *)"xml");
    xmlNsPtr made = xmlNewNs(NULL, space, is_reserved ? NULL : prefix);
    if (made == NULL) {
        bookingxml_fail(parser, BOOKINGXML_OUT_OF_MEMORY, "no memory for namespaces");
        return NULL;
    }
    if (is_reserved) {
        made->prefix = xmlStrdup(prefix);
    }
    tree->spaces[tree->space_count++] = made;
    return made;
}

// What is too much about the record, from now on: nothing more of it is kept.
static void leave_record(bookingxml_tree *tree, const char *why) {
    tree->over_limit = why;
    free_record(tree);
}

// Whether so much more of the record may be kept.
static int has_room(bookingxml_parser *parser, size_t bytes) {
    bookingxml_tree *tree = &parser->tree;
    if (tree->record == NULL) {
        return !tree->is_in_record;
    }
    tree->bytes += bytes;
    if (tree->bytes <= parser->limits.mapped_bytes) {
        return 1;
    }
    leave_record(tree, "the record has too much text");
    return 0;
}

static int append_attribute(
    bookingxml_parser *parser, xmlNodePtr node, const xmlChar **attribute) {
    if (!has_room(parser, (size_t)(attribute[4] - attribute[3]))) {
        return 0;
    }
    // The events' bytes are only borrowed, and a NUL makes a string of them.
    size_t start = parser->values.count;
    int is_complete = bookingxml_append_attribute_value(parser, &parser->values, attribute[3], attribute[4]) &&
                      bookingxml_append_bytes(parser, &parser->values, (const xmlChar *)"", 1);
    xmlAttrPtr made = NULL;
    if (is_complete) {
        xmlNsPtr space = namespace_of(parser, attribute[1], attribute[2]);
        made = xmlNewNsPropEatName(node, space, (xmlChar *)attribute[0], parser->values.bytes + start);
    }
    parser->values.count = start;
    if (made == NULL) {
        bookingxml_fail(parser, BOOKINGXML_OUT_OF_MEMORY, "no memory for an attribute");
    }
    return made != NULL;
}

// Puts the character data that waits into the tree.
static void flush_text(bookingxml_parser *parser) {
    bookingxml_tree *tree = &parser->tree;
    if (tree->record == NULL || tree->text_count == 0) {
        return;
    }
    xmlNodePtr node = xmlNewDocTextLen(tree->document, tree->text, (int)tree->text_count);
    tree->text_count = 0;
    if (node == NULL || xmlAddChild(tree->open, node) == NULL) {
        bookingxml_fail(parser, BOOKINGXML_OUT_OF_MEMORY, "no memory for text");
    }
}

// Opens an element below the innermost one; NULL when it is not kept.
static xmlNodePtr open_element(
    bookingxml_parser *parser, const xmlChar *name, const xmlChar *prefix, const xmlChar *space, int attribute_count,
    const xmlChar **attributes) {
    bookingxml_tree *tree = &parser->tree;
    xmlNsPtr found = namespace_of(parser, prefix, space);
    if (parser->outcome != BOOKINGXML_GOING_ON) {
        return NULL;
    }
    xmlNodePtr node = xmlNewDocNodeEatName(tree->document, found, (xmlChar *)name, NULL);
    if (node == NULL) {
        bookingxml_fail(parser, BOOKINGXML_OUT_OF_MEMORY, "no memory for an element");
        return NULL;
    }
    int line = xmlSAX2GetLineNumber(parser->context);
    node->_private = (void *)(uintptr_t)(line > 0 ? line : 1);
    if (tree->open == NULL) {
        xmlDocSetRootElement(tree->document, node);
    } else {
        xmlAddChild(tree->open, node);
    }
    tree->open = node;
    for (int i = 0; i < attribute_count; i++) {
        if (!append_attribute(parser, node, attributes + 5 * i)) {
            return NULL;
        }
    }
    return node;
}

static void begin_record(bookingxml_tree *tree, xmlNodePtr node) {
    tree->is_in_record = 1;
    tree->record = node;
    tree->above = node->parent;
    tree->record_line = bookingxml_tree_line(node);
    tree->over_limit = NULL;
    tree->elements = 0;
    tree->bytes = 0;
    tree->text_count = 0;
}

void bookingxml_tree_start(
    bookingxml_parser *parser, const xmlChar *name, const xmlChar *prefix, const xmlChar *space, int attribute_count,
    const xmlChar **attributes) {
    bookingxml_tree *tree = &parser->tree;
    if (parser->outcome != BOOKINGXML_GOING_ON) {
        return;
    }
    if (!tree->is_in_record) {
        const bookingxml_step *step = &parser->map->steps[tree->matched];
        if (parser->depth != tree->matched + 1 || step->name != name || step->space != space) {
            return;
        }
        tree->matched++;
        xmlNodePtr node = open_element(parser, name, prefix, space, attribute_count, attributes);
        if (node != NULL && tree->matched == parser->map->step_count) {
            begin_record(tree, node);
        }
        return;
    }
    if (tree->record == NULL) {
        return;
    }
    if (++tree->elements > parser->limits.mapped_elements) {
        leave_record(tree, "the record has too many elements");
        return;
    }
    flush_text(parser);
    open_element(parser, name, prefix, space, attribute_count, attributes);
}

void bookingxml_tree_text(bookingxml_parser *parser, const xmlChar *text, size_t length) {
    bookingxml_tree *tree = &parser->tree;
    if (tree->record == NULL || !has_room(parser, length)) {
        return;
    }
    if (tree->text_capacity - tree->text_count < length) {
        size_t capacity = tree->text_capacity == 0 ? BOOKINGXML_CHUNK_BYTES : tree->text_capacity;
        while (capacity - tree->text_count < length) {
            capacity *= 2;
        }
        uint8_t *grown = realloc(tree->text, capacity);
        if (grown == NULL) {
            bookingxml_fail(parser, BOOKINGXML_OUT_OF_MEMORY, "no memory for text");
            return;
        }
        tree->text = grown;
        tree->text_capacity = capacity;
    }
    memcpy(tree->text + tree->text_count, text, length);
    tree->text_count += length;
}

static void end_record(bookingxml_parser *parser) {
    bookingxml_tree *tree = &parser->tree;
    flush_text(parser);
    bookingxml_xpaths_read_record(parser);
    free_record(tree);
    tree->is_in_record = 0;
    tree->open = tree->above;
}

void bookingxml_tree_end(bookingxml_parser *parser) {
    bookingxml_tree *tree = &parser->tree;
    // The depth is already that of what remains open.
    if (tree->is_in_record && parser->depth >= tree->matched) {
        if (tree->record != NULL) {
            flush_text(parser);
            tree->open = tree->open->parent;
        }
        return;
    }
    if (parser->depth + 1 != tree->matched) {
        return;
    }
    tree->matched--;
    if (tree->is_in_record) {
        end_record(parser);
        return;
    }
    xmlNodePtr closed = tree->open;
    tree->open = closed->parent == NULL || closed->parent->type != XML_ELEMENT_NODE ? NULL : closed->parent;
    xmlUnlinkNode(closed);
    xmlFreeNode(closed);
}
