#include <stdlib.h>

#include "private.h"

// Callbacks of the SAX2 parser. Their first argument is our parser, never libxml2's context.

// Harmless in ones and twos, quadratic for libxml2 in thousands.
#define ATTRIBUTE_DECLARATIONS 16

bookingxml_event *bookingxml_append_event(bookingxml_parser *parser, uint32_t kind) {
    if (parser->event_count == parser->event_capacity) {
        size_t capacity = parser->event_capacity == 0 ? 1024 : parser->event_capacity * 2;
        bookingxml_event *events = realloc(parser->events, capacity * sizeof *events);
        if (events == NULL) {
            bookingxml_fail(parser, BOOKINGXML_OUT_OF_MEMORY, "no memory for events");
            return NULL;
        }
        parser->events = events;
        parser->event_capacity = capacity;
    }
    bookingxml_event *event = &parser->events[parser->event_count++];
    *event = (bookingxml_event){.kind = kind, .name = -1};
    return event;
}

static void on_start(
    void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespace_count,
    const xmlChar **namespaces, int attribute_count, int defaulted_count, const xmlChar **attributes) {
    (void)namespace_count;
    (void)namespaces;
    bookingxml_parser *parser = data;
    if (parser->outcome != BOOKINGXML_GOING_ON) {
        return;
    }
    if (parser->depth == 0) {
        bookingxml_copy(parser->root_name, sizeof parser->root_name, (const char *)name);
        bookingxml_copy(parser->root_space, sizeof parser->root_space, uri == NULL ? "" : (const char *)uri);
    }
    // Those that a DTD adds come last. A DTD is not to change what a file says, so they are left out.
    int written_count = attribute_count - defaulted_count;
    if (parser->depth >= parser->limits.depth) {
        bookingxml_stop(parser, BOOKINGXML_TOO_DEEP, "elements are nested too deeply");
        return;
    }
    if (written_count > (int)parser->limits.attributes_per_element) {
        bookingxml_stop(parser, BOOKINGXML_TOO_MANY_ATTRIBUTES, "an element has too many attributes");
        return;
    }
    parser->depth++;
    if (parser->map != NULL || (parser->depth == 1 && bookingxml_map_begin(parser, name, uri))) {
        bookingxml_tree_start(parser, name, prefix, uri, written_count, attributes);
        return;
    }
    bookingxml_table_start(parser, name, uri, written_count, attributes);
}

static void on_end(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
    (void)name;
    (void)prefix;
    (void)uri;
    bookingxml_parser *parser = data;
    if (parser->outcome != BOOKINGXML_GOING_ON) {
        return;
    }
    parser->depth--;
    parser->root_is_closed = parser->depth == 0;
    if (parser->map != NULL) {
        bookingxml_tree_end(parser);
        return;
    }
    bookingxml_table_end(parser);
}

static void on_text(void *data, const xmlChar *text, int length) {
    bookingxml_parser *parser = data;
    if (parser->outcome != BOOKINGXML_GOING_ON || length <= 0) {
        return;
    }
    if (parser->map != NULL) {
        bookingxml_tree_text(parser, text, (size_t)length);
        return;
    }
    bookingxml_table_text(parser, text, (size_t)length);
}

static int has_accepted_encoding(const bookingxml_parser *parser) {
    const xmlChar *declared = parser->context->encoding;
#if LIBXML_VERSION < 21200
    // Until 2.11, encodings other than UTF-8 and UTF-16 are noted with the input.
    if (declared == NULL && parser->context->input != NULL) {
        declared = parser->context->input->encoding;
    }
#endif
    return declared == NULL || bookingxml_accepts_encoding((const char *)declared);
}

static void on_document(void *data) {
    bookingxml_parser *parser = data;
    if (has_accepted_encoding(parser)) {
        return;
    }
    bookingxml_fail(parser, BOOKINGXML_ENCODING, "the declared encoding is none of those that are read");
}

static void on_entity_declaration(
    void *data, const xmlChar *name, int type, const xmlChar *public_id, const xmlChar *system_id, xmlChar *content) {
    (void)name;
    (void)type;
    (void)public_id;
    (void)system_id;
    (void)content;
    bookingxml_stop(data, BOOKINGXML_ENTITY, "the file declares an entity");
}

static void on_unparsed_entity_declaration(
    void *data, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id, const xmlChar *notation) {
    (void)name;
    (void)public_id;
    (void)system_id;
    (void)notation;
    bookingxml_stop(data, BOOKINGXML_ENTITY, "the file declares an entity");
}

// Asked for each entity that XML does not predefine.
static xmlEntityPtr on_entity(void *data, const xmlChar *name) {
    (void)name;
    bookingxml_stop(data, BOOKINGXML_ENTITY, "the file uses an entity that XML does not predefine");
    return NULL;
}

static xmlEntityPtr on_parameter_entity(void *data, const xmlChar *name) {
    (void)name;
    bookingxml_stop(data, BOOKINGXML_ENTITY, "the file uses a parameter entity");
    return NULL;
}

static xmlParserInputPtr on_external_entity(void *data, const xmlChar *public_id, const xmlChar *system_id) {
    (void)public_id;
    (void)system_id;
    bookingxml_stop(data, BOOKINGXML_ENTITY, "the file refers to an external entity");
    return NULL;
}

static void on_attribute_declaration(
    void *data, const xmlChar *element, const xmlChar *name, int type, int default_type, const xmlChar *value,
    xmlEnumerationPtr choices) {
    (void)element;
    (void)name;
    (void)type;
    (void)default_type;
    (void)value;
    bookingxml_parser *parser = data;
    xmlFreeEnumeration(choices);
    parser->attribute_declarations++;
    if (parser->attribute_declarations > ATTRIBUTE_DECLARATIONS) {
        bookingxml_stop(parser, BOOKINGXML_TOO_MANY_ATTRIBUTES, "the DOCTYPE declares too many attributes");
    }
}

#if LIBXML_VERSION >= 21200
static void on_error(void *data, const xmlError *error) {
#else
static void on_error(void *data, xmlErrorPtr error) {
#endif
    bookingxml_parser *parser = data;
    // An undeclared prefix is no fatal error for libxml2; for us the names would be wrong.
    int is_wrong_name = error->domain == XML_FROM_NAMESPACE && error->level >= XML_ERR_ERROR;
    if (error->level != XML_ERR_FATAL && !is_wrong_name) {
        return;
    }
    enum bookingxml_outcome outcome = BOOKINGXML_NOT_WELL_FORMED;
    const char *message = error->message == NULL ? "not well-formed" : error->message;
    switch (error->code) {
    case XML_ERR_INVALID_CHAR:
        // Before 2.14 that is also the code of bytes that are no UTF-8, which the error then quotes.
        if (error->str1 == NULL) {
            break;
        }
        outcome = BOOKINGXML_ENCODING;
        message = NO_CHARACTERS;
        break;
    case XML_ERR_NO_MEMORY:
        outcome = BOOKINGXML_OUT_OF_MEMORY;
        break;
    case XML_ERR_INVALID_ENCODING:
        outcome = BOOKINGXML_ENCODING;
        message = NO_CHARACTERS;
        break;
    case XML_ERR_UNKNOWN_ENCODING:
    case XML_ERR_UNSUPPORTED_ENCODING:
    case XML_I18N_CONV_FAILED:
    case XML_I18N_NO_HANDLER:
        outcome = BOOKINGXML_ENCODING;
        break;
    default:
        if (!has_accepted_encoding(parser)) {
            outcome = BOOKINGXML_ENCODING;
        } else if (parser->is_finishing && !parser->root_is_closed) {
            outcome = BOOKINGXML_TRUNCATED;
        }
    }
    bookingxml_fail(parser, outcome, message);
}

void bookingxml_fill_handler(xmlSAXHandler *handler) {
    *handler = (xmlSAXHandler){
        .initialized = XML_SAX2_MAGIC,
        .startDocument = on_document,
        .startElementNs = on_start,
        .endElementNs = on_end,
        .characters = on_text,
        .ignorableWhitespace = on_text,
        .cdataBlock = on_text,
        .entityDecl = on_entity_declaration,
        .unparsedEntityDecl = on_unparsed_entity_declaration,
        .getEntity = on_entity,
        .getParameterEntity = on_parameter_entity,
        .resolveEntity = on_external_entity,
        .attributeDecl = on_attribute_declaration,
        .serror = on_error,
    };
}
