#!/usr/bin/env bash
# Walks the main job over HTTP against a running demonstration, one role after another,
# and prints what a new user would see: bash scripts/walk.sh [DIR of the demo]
set -euo pipefail
dir=${1:-demo-data}
base=$(jq -r .base_url "$dir/demo.json")/api/v1
stamp=$(date +%s)

# call TOKEN METHOD PATH [BODY]: prints the request, keeps the answer in $answer.
call() {
  local token=$1 method=$2 path=$3 body=${4-}
  echo "\$ $method /api/v1$path${body:+ $(jq -c 'if .signature then .signature = "data:image/png;base64,…" else . end' <<<"$body")}"
  local args=(-sS -X "$method" -H "Authorization: Bearer $token")
  [[ -n $body ]] && args+=(-H 'Content-Type: application/json' -H "Idempotency-Key: walk-$stamp-$RANDOM" -d "$body")
  answer=$(curl "${args[@]}" "$base$path")
}

# show FILTER: prints a part of the answer.
show() { jq -c "if .status? and (.status | type) == \"number\" and .status >= 400 then {status, code, detail, errors} else ($1) end" <<<"$answer"; echo; }

# one_time SECRET: the one-time password of now (RFC 6238).
one_time() {
  local key mac offset step
  key=$(base32 -d <<<"$1" | od -An -tx1 | tr -d ' \n')
  step=$(printf '%016x' $(($(date +%s) / 30)))
  mac=$(printf '%b' "$(sed 's/../\\x&/g' <<<"$step")" | openssl dgst -sha1 -mac HMAC -macopt "hexkey:$key" | sed 's/.*= //')
  offset=$((16#${mac:39:1} * 2))
  printf '%06d' $(((16#${mac:offset:8} & 0x7fffffff) % 1000000))
}

# staff USERNAME: signs a staff member in and prints the access token.
staff() {
  local login body
  login=$(jq -c --arg u "$1" '.logins[] | select(.username == $u)' "$dir/demo.json")
  body=$(jq -c '{username, password}' <<<"$login")
  if jq -e .otp_secret <<<"$login" >/dev/null; then
    body=$(jq -c --arg o "$(one_time "$(jq -r .otp_secret <<<"$login")")" '. + {otp: $o}' <<<"$body")
  fi
  curl -sS -H 'Content-Type: application/json' -d "$body" "$base/auth/staff" | jq -r .access_token
}

# wechat CODE: signs a resident in and prints the access token.
wechat() { curl -sS -H 'Content-Type: application/json' -d "{\"code\":\"$1\"}" "$base/auth/wechat" | jq -r .access_token; }

manager=$(staff district) lead=$(staff lead001) auditor=$(staff auditor) admin=$(staff admin)
elder=$(wechat demo-elder)

echo '## The bureau reads the rates'
call "$manager" GET '/stats/contract-rates?by=district&population=all,key,03'
show '.rows[] | {population, residents, signed, rate}'

echo '## A family doctor enters a resident who has moved in'
call "$lead" GET /me
team=$(jq -r '.teams[0].id' <<<"$answer")
show '{role, name, teams}'
call "$lead" GET "/villages?team_id=$team&limit=1"
village=$(jq -r '.items[0].id' <<<"$answer")
call "$lead" POST /residents "{\"name\":\"孔令新\",\"sex\":\"1\",\"birth_date\":\"$(date -d '-20 days' +%F)\",\"village_id\":\"$village\",\"phone\":\"19912345678\",\"address\":\"新村路8号\"}"
baby=$(jq -r .id <<<"$answer")
show '{id, record_no, name, age, phone, address, populations, signed}'

echo '## A newborn cannot sign; the answer says who must'
pen="data:image/png;base64,$( (printf '\x89PNG\r\n\x1a\n'; head -c 300 /dev/zero) | base64 -w0)"
call "$lead" POST /contracts "{\"resident_id\":\"$baby\",\"team_id\":\"$team\",\"signature\":\"$pen\"}"
show '{status, code, detail, errors}'

echo '## An adult of the village signs on site'
call "$lead" GET "/residents?village=$village&signed=false&population=10&limit=100"
adult=''
for id in $(jq -r '.items[] | select(.age > 20 and .age < 60) | .id' <<<"$answer"); do
  waiting=$(curl -sS -H "Authorization: Bearer $lead" "$base/contracts?resident_id=$id" | jq '[.items[] | select(.status == "applied")] | length')
  if [[ $waiting == 0 ]]; then
    adult=$id
    break
  fi
done
call "$lead" POST /contracts "{\"resident_id\":\"$adult\",\"team_id\":\"$team\",\"term_years\":2,\"signature\":\"$pen\"}"
contract=$(jq -r .id <<<"$answer")
show '{no, status, begin_date, end_date, packages: [.packages[].name]}'
call "$lead" GET "/contracts/$contract"
number=$(jq -r .no <<<"$answer") hash=$(jq -r .agreement_hash <<<"$answer")
show '{status, events: [.events[].label]}'
echo '# anyone who holds the paper can check it'
call '' GET "/agreements/$number/verify?hash=$hash"
show .

echo '## A resident of 70 looks at her contract, and at what came of it, in the mini-program'
call "$elder" GET /me
resident=$(jq -r .resident.id <<<"$answer")
call "$elder" GET "/contracts?resident_id=$resident"
show '.items[0] | {no, status, team, begin_date, end_date}'
call "$elder" GET "/residents/$resident/entitlements"
show '.packages[] | {package: .name, promised: [.items[] | "\(.name) \(.delivered)/\(.promised) \(.state_label)"]}'
echo '# her team rings her; she says whether they did'
call "$manager" POST /followups "{\"resident_id\":\"$resident\",\"visited_on\":\"$(date +%F)\",\"visit_way\":3,\"services\":[\"consult\",\"medication\"]}"
show '{visited_on, visit_way_label, services: [.services[].label], code, detail}'
call "$elder" GET '/followups?answer=waiting&limit=1'
visit=$(jq -r '.items[0].id // empty' <<<"$answer")
show '.items[] | {visited_on, doctor_name, services: [.services[].label], answer_until}'
if [[ -n $visit ]]; then
  call "$elder" POST "/followups/$visit/confirm" '{}'
  show '{visited_on, answer_label}'
fi
call "$elder" POST "/residents/$resident/vitals" '{"kind":"bp","values":{"sbp":186,"dbp":104}}'
show '{level_label, message, advice}'
call "$elder" GET /residents/1
show '{status, code, detail}'

echo '## The doctor takes the work list and logs a follow-up: blood pressure too high'
call "$lead" GET '/tasks?limit=3&program=hypertension'
patient=$(jq -r '.items[0].resident_id' <<<"$answer")
show '.items[] | {resident_name, program_label, task: .label, state_label, due_on, days_overdue}'
form='{"symptoms":[1],"sbp":168,"dbp":94,"weight":62,"height":158,"heart_rate":76,"smoke":0,"drink":0,"sport_times":3,"sport_minutes":20,"salt":2,"psychology":1,"compliance_behaviour":1,"med_adherence":2,"adr":1}'
call "$lead" POST /clinical/assess "{\"program\":\"hypertension\",\"resident\":{\"birth_date\":\"1956-03-08\",\"sex\":\"2\"},\"visited_on\":\"$(date +%F)\",\"visit_way\":1,\"form\":$form}"
show '{class: .assessment.class, step: .assessment.step, findings: [.assessment.findings[].message], next_due_on}'
call "$lead" POST /followups "{\"resident_id\":\"$patient\",\"visited_on\":\"$(date +%F)\",\"visit_way\":1,\"forms\":{\"hypertension\":$form}}"
show '{id, programs: (.programs // {} | map_values({class: .assessment.class, step: .assessment.step, next_due_on})), code, detail}'
call "$lead" GET "/residents/$patient/timeline?limit=3"
show '.items[] | {kind, title}'

echo '## The bureau sees one more, and who it is'
call "$manager" GET '/stats/contract-rates?by=district&population=all,key,03'
show '.rows[] | {population, residents, signed, rate}'
call "$manager" GET "/stats/contract-rates/residents?by=village&id=$village&population=10&signed=true&limit=2"
show '.items[] | {name, phone, signed}'

echo '## Are the signed served? Fulfilment beside the rate, and the management indicators'
call "$manager" GET '/stats/contract-rates?by=district&population=all'
show '.rows[] | {rate, fulfilment: .fulfilment.rate, fulfilment_persons: .fulfilment_persons.rate, confirmed: .confirmed_fulfilment.rate, renewal: .renewal_expiry.rate}'
call "$manager" GET '/stats/indicators?by=district&code=H01,H02,D01,D02,O00'
show '.indicators as $names | .rows | to_entries[] | {indicator: $names[.key].label, numerator: .value.numerator, denominator: .value.denominator, rate: .value.rate}'
call "$manager" GET '/flags?limit=1'
show '.items[] | {kind_label, reason, visited_on, doctor_name, days_open}'

echo '## Around the contract: referrals, appointments, complaints; and the money of a team'
call "$manager" GET '/stats/referrals?by=district'
show '.rows[] | {up, down, three_high, arrival: .arrival.rate, answered_on_time: .on_time.rate}'
call "$manager" GET '/stats/appointments?by=district'
show '.rows[] | {no_show: .no_show.rate, by_signed: .by_signed.rate}'
call "$manager" GET '/stats/complaints?by=district'
show '.rows[] | {received, on_time: .on_time.rate, satisfied: .satisfied.rate, resolved: .resolved.rate}'
call "$manager" POST /settlements/fees '{"team_id":"1","from":"2026-01-01","to":"2026-10-31","settled_percent":95,"team_percent":70}'
show '.lines[] | {step, line: .label, weight, cents}'

echo '## The auditor reads the trace and holds the chain against the rows; patients stay closed'
call "$auditor" GET '/audit?limit=3'
show '.items[] | {action, actor, role}'
call "$auditor" GET /residents
show '{status, code, detail}'

echo '## The system administrator keeps accounts and sees no patient'
call "$admin" GET '/accounts?limit=2'
show '.items[] | {username, role, disabled}'
call "$admin" GET /residents
show '{status, code, detail}'
