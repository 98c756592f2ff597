#!/bin/sh
# Installs the programs that tests need beside Python packages, or says what to install.
set -eu

wanted=""
command -v chromium >/dev/null || wanted="$wanted chromium"
fc-list 2>/dev/null | grep -qi 'noto.*cjk' || wanted="$wanted fontconfig fonts-noto-cjk"
command -v qgis >/dev/null && /usr/bin/python3 -c 'import qgis, osgeo_utils' 2>/dev/null || \
    wanted="$wanted qgis python3-qgis python3-gdal"
command -v pdftotext >/dev/null || wanted="$wanted poppler-utils"
ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1 || wanted="$wanted postgresql-postgis"
[ -n "$wanted" ] || exit 0

become=""
[ "$(id -u)" = 0 ] || become="sudo -n"
if command -v apt-get >/dev/null && $become true 2>/dev/null; then
    echo "Installing$wanted ..."
    $become apt-get update -qq
    case "$wanted" in *postgresql*)
        # Tests start a server of their own: Debian's need not make and start another.
        settings=/etc/postgresql-common/createcluster.conf
        if [ ! -e $settings ]; then
            DEBIAN_FRONTEND=noninteractive $become apt-get install -y -qq --no-install-recommends postgresql-common >/dev/null
            $become sed -i 's/^#*create_main_cluster .*/create_main_cluster = false/' $settings
        fi
    esac
    DEBIAN_FRONTEND=noninteractive $become apt-get install -y -qq --no-install-recommends $wanted >/dev/null
else
    echo "Some tests will be skipped. To run them all, install:$wanted"
fi
