#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds the runtime for i386 and aarch64 and runs its conformance tests there.
#
#   cross.sh [BUILD-FOLDER [ARCHITECTURE...]]     default: build/cross, both
#
# On Debian, once:
#   dpkg --add-architecture i386 && dpkg --add-architecture arm64 && apt-get update
#   apt-get install gcc-i686-linux-gnu libc6-dev-i386-cross libcmocka-dev:i386 libc6:i386 \
#                   gcc-aarch64-linux-gnu libc6-dev-arm64-cross libcmocka-dev:arm64 libc6:arm64 qemu-user
# (gcc-multilib cannot be installed beside the aarch64 compiler; gcc-i686-linux-gnu can.)
set -eu
source=$(cd "$(dirname "$0")/../.." && pwd)
build=${1:-$source/build/cross}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- i386 aarch64
for architecture; do
  cmake -S "$source" -B "$build/$architecture" -G Ninja \
        -DCMAKE_TOOLCHAIN_FILE="$source/tests/runtime/toolchains/$architecture.cmake" \
        -DCMAKE_BUILD_TYPE=RelWithDebInfo -DRECOUNT_PLUGIN=OFF -DRECOUNT_WERROR=ON
  cmake --build "$build/$architecture"
  ctest --test-dir "$build/$architecture" --output-on-failure -L runtime
done
