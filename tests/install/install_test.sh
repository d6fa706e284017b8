#!/bin/sh
# install_test.sh prefix|cmake|pkg-config BUILD_DIR WORK_DIR CXX: one step of installing samestory
# into an empty prefix and building a separate program against it.
set -eu
step=$1 build=$2 work=$3 cxx=$4
prefix=$work/prefix
crawler=$(cd "$(dirname "$0")" && pwd)/crawler

case $step in
  prefix)
    rm -rf "$work"
    mkdir -p "$work"
    cmake --install "$build" --prefix "$work/elsewhere" >"$work/install.log"
    mv "$work/elsewhere" "$prefix"  # an installed tree can be moved
    "$prefix/bin/samestory" --version
    ;;
  cmake)
    cmake -S "$crawler" -B "$work/cmake" -G Ninja -DCMAKE_CXX_COMPILER="$cxx" \
      -DCMAKE_PREFIX_PATH="$prefix"
    cmake --build "$work/cmake"
    "$work/cmake/crawler"
    ;;
  pkg-config)
    PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name samestory.pc)")
    export PKG_CONFIG_PATH
    libdir=$(pkg-config --variable=libdir samestory)
    # shellcheck disable=SC2046  # pkg-config prints one argument a word
    "$cxx" -std=c++20 "$crawler/main.cc" $(pkg-config --cflags --libs samestory) \
      -Wl,-rpath,"$libdir" -o "$work/crawler"
    "$work/crawler"
    ;;
esac
