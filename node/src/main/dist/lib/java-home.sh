# shellcheck shell=sh
# Looks for a Java that can run Carillon. The launchers in bin/ source this file and call find_java,
# which sets JAVA to the executable, or says what it looked at and ends the launcher with status 1.

java_wanted=25

# Prints the feature number of the Java in folder $1 (17, 25), or nothing if there is none.
java_feature() {
    [ -x "$1/bin/java" ] || return 0
    version=
    if [ -r "$1/release" ]; then
        version=$(sed -n 's/^JAVA_VERSION="*\([0-9._]*\).*/\1/p' "$1/release")
    fi
    if [ -z "$version" ]; then
        version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9._]*\).*/\1/p' | head -n 1)
    fi
    version=${version#1.}
    echo "${version%%[!0-9]*}"
}

# Succeeds and sets JAVA if folder $1, found through $2, holds a Java that is new enough. Otherwise
# remembers it for the error message.
try_java() {
    feature=$(java_feature "$1")
    if [ "${feature:-0}" -ge "$java_wanted" ]; then
        # shellcheck disable=SC2034 # the launchers read it
        JAVA=$1/bin/java
        return 0
    fi
    if [ -n "$feature" ]; then
        looked_at="$looked_at
  $1 ($2): Java $feature"
    elif [ "$2" != "known place" ]; then
        looked_at="$looked_at
  $1 ($2): no bin/java there"
    fi
    return 1
}

java_not_found() {
    {
        echo "${0##*/}: Java $java_wanted or newer is needed and none was found."
        echo "Looked at $1 and found${looked_at:- no Java at all.}"
        echo "Install one, or set CARILLON_JAVA_HOME to its folder (the one that holds bin/java)."
    } >&2
    exit 1
}

find_java() {
    looked_at=
    # Who names a Java for Carillon means that one: another in its place would be a surprise.
    if [ -n "${CARILLON_JAVA_HOME:-}" ]; then
        try_java "$CARILLON_JAVA_HOME" CARILLON_JAVA_HOME || java_not_found CARILLON_JAVA_HOME
        return 0
    fi
    if [ -n "${JAVA_HOME:-}" ] && try_java "$JAVA_HOME" JAVA_HOME; then
        return 0
    fi
    for place in /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/java* /opt/java/* /usr/java/* \
        "${HOME:-/nonexistent}"/.sdkman/candidates/java/*; do
        if [ -d "$place" ] && [ ! -L "$place" ] && try_java "$place" "known place"; then
            return 0
        fi
    done
    if on_path=$(command -v java); then
        on_path=$(readlink -f "$on_path")
        if try_java "${on_path%/bin/java}" PATH; then
            return 0
        fi
    fi
    java_not_found "JAVA_HOME, /usr/lib/jvm, /opt/java*, /usr/java, ~/.sdkman and the PATH"
}
