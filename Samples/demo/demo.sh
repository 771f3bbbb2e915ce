#!/usr/bin/env bash
# Shows the main job: exports are dropped into a directory, Prosody asks whether rooms may open, a conflict is written back.
# Usage: demo.sh PATH-OF-BOOKWATCH. Exit 0 only if every answer was the expected one.
set -euo pipefail

bookwatch=$(realpath "$1")
samples=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/bookwatch-demo.XXXXXX")
failures=0
daemon=

stop_daemon() {
  [ -n "$daemon" ] && kill -TERM "$daemon" 2>/dev/null && wait "$daemon" || true
  daemon=
}
trap stop_daemon EXIT

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
check() { # what, expected, actual
  if [[ "$3" == *"$2"* ]]; then echo "   as expected: $1"; else
    echo "   NOT AS EXPECTED: $1: wanted '$2', got '$3'"
    failures=$((failures + 1))
  fi
}
instant() { date -u -d "$1" +%Y%m%dT%H%M00Z; }
fill() { # a template with times relative to now
  sed -e "s/{{now-10m}}/$(instant '-10 minutes')/" -e "s/{{now+50m}}/$(instant '+50 minutes')/" \
    -e "s/{{now+2h}}/$(instant '+2 hours')/" -e "s/{{now+3h}}/$(instant '+3 hours')/" \
    -e "s/{{now+2h30m}}/$(instant '+150 minutes')/" -e "s/{{now+3h30m}}/$(instant '+210 minutes')/" "$1"
}
until_true() { # a deadline of 20 s for a command to succeed
  for _ in $(seq 1 200); do "$@" 2>/dev/null && return 0; sleep 0.1; done
  echo "   timed out: $*" >&2
  return 1
}
ask() { # METHOD PATH [form …]: shows the exchange; leaves status and body in $status and $body
  local method=$1 path=$2
  shift 2
  local form=()
  for field in "$@"; do form+=(--data-urlencode "$field"); done
  echo "   → $method $path ${*:-}"
  body=$(curl -sS -X "$method" -w '\n%{http_code}' "${form[@]}" "$url$path")
  status=${body##*$'\n'}
  body=${body%$'\n'*}
  echo "   ← $status $body"
}
open_room() { ask POST /conference "name=$1" "start_time=$(date -u +%Y-%m-%dT%H:%M:%S.000Z)" "mail_owner=$2"; }
number() { grep -o -m 1 "\"$1\":[0-9]*" <<<"$body" | cut -d: -f2; }

say "1. A directory of exports: one folder of samples for each producer, and today's bookings"
mkdir "$work/exports"
cp "$samples/demo/bookwatch.yaml" "$work/"
cp -r "$samples/../Config/mappings" "$work/"
for producer in outlook google apple nextcloud thunderbird native-xml xcal exchange-ews schedule-xml caldav \
  mapped/r25 mapped/unitime mapped/spreadsheetml; do
  cp -r "$samples/$producer" "$work/exports/"
done
fill "$samples/demo/exports/today.ics.in" >"$work/exports/today.ics"
find "$work/exports" -type f -printf '   %P\n' | sort

say "2. bookwatch check: what would be said about them, nothing stored"
(cd "$work/exports" && "$bookwatch" check --config ../bookwatch.yaml --fail-on never */*) >"$work/check.txt" 2>"$work/check.summary"
head -12 "$work/check.txt" | sed 's/^/   /'
sed 's/^/   … all in check.txt; /' "$work/check.summary"

say "3. The daemon reads them"
"$bookwatch" serve --config "$work/bookwatch.yaml" --listen 127.0.0.1:0 >"$work/daemon.log" 2>&1 &
daemon=$!
until_true grep -q 'first pass done' "$work/daemon.log"
url=http://127.0.0.1:$(grep -o -m 1 'port=[0-9]*' "$work/daemon.log" | cut -d= -f2)
# No head at the end of a pipe: whoever still writes to it would be ended, and the demo with it.
grep -E -m 12 'read|decided' "$work/daemon.log" | sed 's/^/   /'

say "4. Prosody asks: Ann opens the room that is booked now"
open_room blue ann@example.org
check "allowed" 200 "$status"
check "the booked settings" '"max_occupants":25' "$body"
first=$(number id)

say "5. The same question again, as after a lost answer: 409, and GET gives the same conference"
open_room blue ann@example.org
check "open already" 409 "$status"
check "the same id" "$first" "$(number conflict_id)"
ask GET "/conference/$first"
check "its body" 200 "$status"

say "6. Everybody leaves; the slot stays booked, so the room can be opened again"
ask DELETE "/conference/$first"
check "deleted" 204 "$status"
open_room blue ann@example.org
check "opened again" 200 "$status"
check "with a new id" yes "$([ "$(number id)" != "$first" ] && echo yes || echo no)"

say "7. Refusals say what to do"
open_room green ben@example.org
check "too early" API010 "$body"
open_room red ann@example.org
check "not booked" API001 "$body"
open_room board eve@example.org
check "not the owner" API002 "$body"
open_room board cleo@example.org
check "the owner may" 200 "$status"

say "8. While it runs, somebody drops an export that wants the green room in a slot that is taken"
fill "$samples/demo/late.ics.in" >"$work/exports/.late.ics.tmp"
mv "$work/exports/.late.ics.tmp" "$work/exports/late.ics"
until_true grep -q demo-late "$work/reports/conflicts.csv"
until_true grep -q demo-late "$work/reports/calendars/late.ics.report.csv"
sed 's/^/   /' "$work/reports/conflicts.csv"
check "the conflict names the winner" demo-green "$(grep demo-late "$work/reports/conflicts.csv")"
check "the sender's own report says declined" declined "$(cat "$work/reports/calendars/late.ics.report.csv")"

say "9. bookwatch explain: why"
"$bookwatch" explain green --at "$(date -u -d '+165 minutes' +%Y-%m-%dT%H:%M:00Z)" --config "$work/bookwatch.yaml" | sed 's/^/   /'

say "10. Stop"
kill -TERM "$daemon"
code=0
wait "$daemon" || code=$?
daemon=
check "a clean end" 0 "$code"

say "Everything is in $work: exports/, reports/, daemon.log, bookwatch.sqlite"
if [ "$failures" -gt 0 ]; then
  echo "$failures answers were not the expected ones"
  exit 1
fi
echo "Every answer was the expected one."
