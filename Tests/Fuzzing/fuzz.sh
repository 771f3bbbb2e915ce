#!/usr/bin/env bash
# Builds the fuzz targets and runs them one after the other: see README.md.
# From the environment: TARGET (all), SECONDS_EACH (60), TIMEOUT (1), INPUT (a file to run once more), BUILD_ONLY,
# SANITIZERS (clang's resource directory, whose sanitizers are linked instead of the toolchain's own).
set -euo pipefail
cd "$(dirname "$0")/../.."

swiftc="${SWIFTC:-swiftc}"
clang="${CLANG:-$(dirname "$(command -v "$swiftc")")/clang}"
build=.build-fuzz
objects="$build/objects"
corpus="${BOOKWATCH_CORPUS:-../shared/corpus}"
mkdir -p "$objects" "$build/bin" "$build/finds"

sanitize=(-g -O -sanitize=fuzzer,address -parse-as-library -package-name bookwatch -swift-version 6)
for feature in ExistentialAny InternalImportsByDefault MemberImportVisibility NonisolatedNonsendingByDefault; do
    sanitize+=(-enable-upcoming-feature "$feature")
done
read -ra xml2 <<<"$(pkg-config --cflags libxml-2.0)"
imports=(-I "$objects" -I "$build/CBookingXML" -I Sources/CLibXML2)
for flag in "${xml2[@]}"; do imports+=(-Xcc "$flag"); done

# `newer A B...`: whether A is there and none of B is younger.
newer() {
    local made="$1" source
    shift
    [ -e "$made" ] || return 1
    for source in "$@"; do [ "$source" -nt "$made" ] && return 1; done
    return 0
}

# `library NAME`: one Swift target of the package as one object.
library() {
    local name="$1" sources
    mapfile -t sources < <(find "Sources/$name" -name '*.swift' | sort)
    newer "$objects/$name.o" "${sources[@]}" "${@:2}" && return
    echo "building $name"
    "$swiftc" "${sanitize[@]}" "${imports[@]}" -wmo -c -module-name "$name" \
        -emit-module -emit-module-path "$objects/$name.swiftmodule" -o "$objects/$name.o" "${sources[@]}"
}

# The C target, with a module map such as the package manager would make.
mkdir -p "$build/CBookingXML"
printf 'module CBookingXML { header "%s/Sources/CBookingXML/include/bookingxml.h" export * }\n' "$PWD" \
    >"$build/CBookingXML/module.modulemap"
for source in Sources/CBookingXML/*.c; do
    object="$objects/$(basename "$source" .c).c.o"
    newer "$object" "$source" Sources/CBookingXML/*.h Sources/CBookingXML/include/*.h && continue
    "$clang" -g -O1 -fsanitize=fuzzer-no-link,address -I Sources/CBookingXML/include -I Sources/CLibXML2 "${xml2[@]}" \
        -c "$source" -o "$object"
done
library ICalendar
library BookingXML "$objects/ICalendar.o"

link=(-use-ld=lld -sanitize=fuzzer,address)
[ -z "${SANITIZERS:-}" ] || link+=(-Xclang-linker -resource-dir -Xclang-linker "$SANITIZERS")

for source in Tests/Fuzzing/Targets/*.swift; do
    name="$(basename "$source" .swift)"
    newer "$build/bin/$name" "$source" "$objects"/*.o && continue
    echo "building target $name"
    read -ra libraries <<<"$(pkg-config --libs libxml-2.0)"
    "$swiftc" "${sanitize[@]}" "${imports[@]}" -wmo -c -module-name "Fuzz_$name" -o "$build/$name.o" "$source"
    "$swiftc" "${link[@]}" "$build/$name.o" "$objects"/*.o "${libraries[@]}" -o "$build/bin/$name"
done
[ -z "${BUILD_ONLY:-}" ] || exit 0

# Every rule of the samples and the corpus as a file of its own, after a byte that chooses the form of the start.
rules() {
    local number=0 rule
    mkdir -p "$build/rules"
    grep -rhoaE '(RRULE|EXRULE):[A-Z0-9=;:,+ #-]+' Samples Tests/ICalendarTests "$corpus" 2>/dev/null | sort -u | head -n 5000 |
        while read -r rule; do
            number=$((number + 1))
            printf '%b%s' "\\x$(printf %02x $((number % 256)))" "${rule#*:}" >"$build/rules/$number"
        done
}

# `dictionary TARGET`
dictionary() {
    case "$1" in
        icalendar | vtimezone | rule) echo Tests/Fuzzing/icalendar.dict ;;
        xml) echo Tests/Fuzzing/xml.dict ;;
        mapping) echo Tests/Fuzzing/mapping.dict ;;
    esac
}

# `seeds TARGET`: the folders that a target learns from at its start, one a line.
seeds() {
    case "$1" in
        icalendar | vtimezone) echo Samples; echo "$corpus/icalendar" ;;
        rule) rules && echo "$build/rules" ;;
        tzif) echo /usr/share/zoneinfo ;;
        xml) echo Samples; echo "$corpus/xml" ;;
        mapping) echo Tests/Fuzzing/Seeds/mapping ;;
        *) echo Samples ;;
    esac
}

export SWIFT_BACKTRACE=enable=no
export ASAN_OPTIONS="quarantine_size_mb=16:detect_leaks=${LEAKS:-1}:${ASAN_OPTIONS:-}"
targets="${TARGET:-$(ls "$build/bin")}"
status=0
for name in $targets; do
    if [ -n "${INPUT:-}" ]; then
        "$build/bin/$name" -timeout="${TIMEOUT:-1}" -rss_limit_mb=512 -malloc_limit_mb=256 "$INPUT"
        continue
    fi
    mkdir -p "$build/corpus/$name"
    folders=("$build/corpus/$name")
    while read -r folder; do [ ! -d "$folder" ] || folders+=("$folder"); done < <(seeds "$name")
    words="$(dictionary "$name")"
    echo "fuzzing $name for ${SECONDS_EACH:-60} s"
    "$build/bin/$name" -timeout="${TIMEOUT:-1}" -rss_limit_mb=512 -malloc_limit_mb=256 -max_len="${MAX_LEN:-65536}" \
        -max_total_time="${SECONDS_EACH:-60}" -print_final_stats=1 ${words:+-dict="$words"} -artifact_prefix="$build/finds/$name-" \
        "${folders[@]}" >"$build/$name.log" 2>&1 || status=1
    tail -n 12 "$build/$name.log"
done
exit "$status"
