// Parses a file with libical and prints a checksum over the values that icalendar-bench decodes too, or over the
// occurrences of the year 2026 that it finds too.
//
// usage: libical-peer parse FILE
//        libical-peer expand FILE

#include <libical/ical.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define SEED 0x9E3779B97F4A7C15u

static uint64_t checksum = SEED;

static void mix(uint64_t word) {
    checksum = (checksum ^ word) * 0xD6E8FEB86659FD93u;
    checksum ^= checksum >> 32;
}

// Length, then eight bytes at a time, the first byte lowest, zeros at the end.
static void mix_text(const char *text) {
    size_t length = text ? strlen(text) : 0;
    mix(length);
    for (size_t index = 0; index < length; index += 8) {
        uint64_t word = 0;
        memcpy(&word, text + index, length - index < 8 ? length - index : 8);
        mix(word);
    }
}

static void mix_time(struct icaltimetype time, const char *tzid) {
    mix(((uint64_t)time.year << 16) | ((uint64_t)time.month << 8) | (uint64_t)time.day);
    if (time.is_date) {
        mix(0);
        return;
    }
    mix(1 + (uint64_t)(time.hour * 3600 + time.minute * 60 + time.second));
    if (icaltime_is_utc(time)) {
        mix(1);
    } else if (tzid) {
        mix(2);
        mix_text(tzid);
    } else {
        mix(3);
    }
}

static void mix_time_of(icalproperty *property, struct icaltimetype time) {
    icalparameter *tzid = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
    mix_time(time, tzid ? icalparameter_get_tzid(tzid) : NULL);
}

static void mix_numbers(const short *numbers, int limit) {
    for (int index = 0; index < limit && numbers[index] != ICAL_RECURRENCE_ARRAY_MAX; index++) {
        mix((uint64_t)(int64_t)numbers[index]);
    }
    mix(0xFFFF);
}

static void mix_rule(struct icalrecurrencetype rule) {
    mix((uint64_t)rule.freq);
    mix((uint64_t)rule.interval);
    mix((uint64_t)rule.count);
    if (!icaltime_is_null_time(rule.until)) mix_time(rule.until, NULL);
    for (int index = 0; index < ICAL_BY_DAY_SIZE && rule.by_day[index] != ICAL_RECURRENCE_ARRAY_MAX; index++) {
        mix((uint64_t)icalrecurrencetype_day_day_of_week(rule.by_day[index]));
        mix((uint64_t)(int64_t)icalrecurrencetype_day_position(rule.by_day[index]));
    }
    mix(0xFFFF);
    mix_numbers(rule.by_month_day, ICAL_BY_MONTHDAY_SIZE);
    mix_numbers(rule.by_month, ICAL_BY_MONTH_SIZE);
    mix_numbers(rule.by_set_pos, ICAL_BY_SETPOS_SIZE);
}

static void mix_attendee(icalproperty *property) {
    mix_text(icalproperty_get_attendee(property));
    icalparameter *name = icalproperty_get_first_parameter(property, ICAL_CN_PARAMETER);
    mix_text(name ? icalparameter_get_cn(name) : "");
    icalparameter *type = icalproperty_get_first_parameter(property, ICAL_CUTYPE_PARAMETER);
    mix_text(type ? icalparameter_enum_to_string(icalparameter_get_cutype(type)) : "INDIVIDUAL");
    icalparameter *status = icalproperty_get_first_parameter(property, ICAL_PARTSTAT_PARAMETER);
    mix_text(status ? icalparameter_enum_to_string(icalparameter_get_partstat(status)) : "NEEDS-ACTION");
}

static void mix_property(icalproperty *property) {
    icalproperty_kind kind = icalproperty_isa(property);
    switch (kind) {
    case ICAL_UID_PROPERTY: mix_text(icalproperty_get_uid(property)); break;
    case ICAL_DTSTART_PROPERTY: mix_time_of(property, icalproperty_get_dtstart(property)); break;
    case ICAL_DTEND_PROPERTY: mix_time_of(property, icalproperty_get_dtend(property)); break;
    case ICAL_RECURRENCEID_PROPERTY: mix_time_of(property, icalproperty_get_recurrenceid(property)); break;
    case ICAL_EXDATE_PROPERTY: mix_time_of(property, icalproperty_get_exdate(property)); break;
    case ICAL_DURATION_PROPERTY: {
        struct icaldurationtype duration = icalproperty_get_duration(property);
        mix((uint64_t)icaldurationtype_as_int(duration));
        break;
    }
    case ICAL_RRULE_PROPERTY: mix_rule(icalproperty_get_rrule(property)); break;
    case ICAL_SEQUENCE_PROPERTY: mix((uint64_t)icalproperty_get_sequence(property)); break;
    case ICAL_STATUS_PROPERTY: mix_text(icalproperty_status_to_string(icalproperty_get_status(property))); break;
    case ICAL_ATTENDEE_PROPERTY: mix_attendee(property); break;
    default: break;
    }
}

static char *read_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = malloc((size_t)size + 1);
    if (text && fread(text, 1, (size_t)size, file) != (size_t)size) {
        free(text);
        text = NULL;
    }
    if (text) text[size] = 0;
    fclose(file);
    return text;
}

static double cpu_seconds(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

// The sum over all values, in the order of the file.
static uint64_t sum_values(icalcomponent *root) {
    uint64_t events = 0;
    for (icalcomponent *event = icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT); event;
         event = icalcomponent_get_next_component(root, ICAL_VEVENT_COMPONENT)) {
        events++;
        for (icalproperty *property = icalcomponent_get_first_property(event, ICAL_ANY_PROPERTY); property;
             property = icalcomponent_get_next_property(event, ICAL_ANY_PROPERTY)) {
            mix_property(property);
        }
    }
    return events;
}

// The year that is expanded, seconds since 1970.
static const time_t year_begin = 1767225600, year_end = 1798761600;

// The occurrences found so far: their number, and the sum of their hashes, which knows no order.
static struct { uint64_t count, sum; } found;

// The instances that an override stands in for, rising: libical's expansion knows nothing of them.
static struct { uint64_t *keys; size_t count; } replaced;

// Leaves a hash of `uid` and two instants; the sum over values is not made when occurrences are counted.
static uint64_t hash(const char *uid, time_t first, time_t second) {
    checksum = SEED;
    mix_text(uid);
    mix((uint64_t)first);
    mix((uint64_t)second);
    return checksum;
}

static int compare(const void *left, const void *right) {
    uint64_t first = *(const uint64_t *)left, second = *(const uint64_t *)right;
    return (first > second) - (first < second);
}

static void add(const char *uid, time_t begin, time_t end) {
    if (begin < year_begin || begin >= year_end) return;
    found.count++;
    found.sum += hash(uid, begin, end);
}

static void add_instance(icalcomponent *event, struct icaltime_span *span, void *uid) {
    uint64_t key = hash(uid, span->start, 0);
    if (bsearch(&key, replaced.keys, replaced.count, sizeof key, compare)) return;
    // libical 3.0.16 takes the DTEND of a day for its last one, later versions do not; the file's all take one day.
    add(uid, span->start, icalcomponent_get_dtstart(event).is_date ? span->start + 86400 : span->end);
}

static time_t seconds(struct icaltimetype time) {
    return icaltime_as_timet_with_zone(time, time.zone ? time.zone : icaltimezone_get_utc_timezone());
}

static icalproperty *recurrence_id(icalcomponent *event) {
    return icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY);
}

// First what overrides replace, then all occurrences; 0 without memory.
static int expand(icalcomponent *root) {
    replaced.keys = malloc(sizeof(uint64_t) * (size_t)icalcomponent_count_components(root, ICAL_VEVENT_COMPONENT));
    if (!replaced.keys) return 0;
    for (icalcomponent *event = icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT); event;
         event = icalcomponent_get_next_component(root, ICAL_VEVENT_COMPONENT)) {
        icalproperty *id = recurrence_id(event);
        if (!id) continue;
        time_t instance = seconds(icalproperty_get_datetime_with_component(id, event));
        replaced.keys[replaced.count++] = hash(icalcomponent_get_uid(event), instance, 0);
    }
    qsort(replaced.keys, replaced.count, sizeof(uint64_t), compare);
    struct icaltimetype begin = icaltime_from_timet_with_zone(year_begin, 0, icaltimezone_get_utc_timezone());
    struct icaltimetype end = icaltime_from_timet_with_zone(year_end, 0, icaltimezone_get_utc_timezone());
    for (icalcomponent *event = icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT); event;
         event = icalcomponent_get_next_component(root, ICAL_VEVENT_COMPONENT)) {
        const char *uid = icalcomponent_get_uid(event);
        if (recurrence_id(event)) {
            add(uid, seconds(icalcomponent_get_dtstart(event)), seconds(icalcomponent_get_dtend(event)));
        } else {
            icalcomponent_foreach_recurrence(event, begin, end, add_instance, (void *)uid);
        }
    }
    free(replaced.keys);
    return 1;
}

int main(int count, char **arguments) {
    if (count != 3) return 64;
    int expands = strcmp(arguments[1], "expand") == 0;
    if (!expands && strcmp(arguments[1], "parse") != 0) return 64;
    char *text = read_file(arguments[2]);
    if (!text) return 66;
    double begin = cpu_seconds();
    icalcomponent *root = icalparser_parse_string(text);
    if (!root) return 65;
    uint64_t events, sum;
    if (expands) {
        if (!expand(root)) return 71;
        events = found.count;
        sum = found.sum;
    } else {
        events = sum_values(root);
        sum = checksum;
    }
    double cost = cpu_seconds() - begin;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("events=%llu checksum=%016llx cpu=%.6f kilobytes=%ld\n", (unsigned long long)events,
        (unsigned long long)sum, cost, usage.ru_maxrss);
    return 0;
}
