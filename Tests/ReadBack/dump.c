/* Reads an iCalendar file with libical, and prints what it says: one line a component or property, texts in hexadecimal
 * after "t:". Exit 1 where libical finds a fault, also against its table of what iTIP allows. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int faults = 0;

static void text(const char *value)
{
    printf(" t:");
    for (const unsigned char *c = (const unsigned char *)(value ? value : ""); *c; c++) printf("%02x", *c);
}

static void period(struct icalperiodtype p)
{
    printf(" %s", icaltime_as_ical_string(p.start));
    printf("/%s", icaltime_as_ical_string(p.end));
}

static void parameters(icalproperty *property)
{
    icalparameter_kind kinds[] = {
        ICAL_CUTYPE_PARAMETER, ICAL_FBTYPE_PARAMETER, ICAL_PARTSTAT_PARAMETER, ICAL_VALUE_PARAMETER};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        icalparameter *p = icalproperty_get_first_parameter(property, kinds[i]);
        if (p) printf(" %s", icalparameter_as_ical_string(p));
    }
}

static void show(icalproperty *property)
{
    icalvalue *value = icalproperty_get_value(property);
    printf("%s", icalproperty_get_property_name(property));
    parameters(property);
    switch (icalproperty_isa(property)) {
    case ICAL_XLICERROR_PROPERTY:
        faults++;
        /* fall through */
    case ICAL_UID_PROPERTY: case ICAL_COMMENT_PROPERTY: case ICAL_PRODID_PROPERTY:
        text(icalvalue_get_text(value));
        break;
    case ICAL_ORGANIZER_PROPERTY: case ICAL_ATTENDEE_PROPERTY:
        text(icalvalue_get_caladdress(value));
        break;
    case ICAL_REQUESTSTATUS_PROPERTY: {
        /* Where the words are those of its own table it keeps none. */
        struct icalreqstattype status = icalproperty_get_requeststatus(property);
        const char *words = status.desc ? status.desc : icalenum_reqstat_desc(status.code);
        printf(" %d.%d", icalenum_reqstat_major(status.code), icalenum_reqstat_minor(status.code));
        text(words);
        break;
    }
    case ICAL_DTSTAMP_PROPERTY: case ICAL_DTSTART_PROPERTY: case ICAL_DTEND_PROPERTY: case ICAL_RECURRENCEID_PROPERTY:
        printf(" %s", icaltime_as_ical_string(icalvalue_get_datetime(value)));
        break;
    case ICAL_FREEBUSY_PROPERTY:
        period(icalvalue_get_period(value));
        break;
    default:
        printf(" %s", icalproperty_get_value_as_string(property));
    }
    printf("\n");
}

static void walk(icalcomponent *component)
{
    printf("BEGIN %s\n", icalcomponent_kind_to_string(icalcomponent_isa(component)));
    for (icalproperty *p = icalcomponent_get_first_property(component, ICAL_ANY_PROPERTY); p;
         p = icalcomponent_get_next_property(component, ICAL_ANY_PROPERTY))
        show(p);
    for (icalcomponent *c = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT); c;
         c = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT))
        walk(c);
    printf("END\n");
}

int main(int count, char **arguments)
{
    FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
    if (!file) return 2;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *bytes = calloc(1, (size_t)size + 1);
    if (fread(bytes, 1, (size_t)size, file) != (size_t)size) return 2;
    icalcomponent *calendar = icalparser_parse_string(bytes);
    if (!calendar) return 1;
    icalrestriction_check(calendar);
    walk(calendar);
    return faults ? 1 : 0;
}
