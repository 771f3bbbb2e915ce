// Debian's libxml2 has ICU on: its encoding.h pulls <unicode/ucnv.h>, which collides with Foundation's own ICU.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
