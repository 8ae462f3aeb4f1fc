#!/bin/sh
# Prints .env.example with a fresh secret in the place of every CHANGE_ME.
set -eu
cd "$(dirname "$0")/.."
while IFS= read -r line || [ -n "$line" ]; do
  case $line in
    *=CHANGE_ME) printf '%s=%s\n' "${line%%=*}" "$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')" ;;
    *) printf '%s\n' "$line" ;;
  esac
done < .env.example
