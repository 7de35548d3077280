# SPDX-License-Identifier: MIT
# cmake -DIN=FILE -DOUT=FILE -DNAME=SYMBOL -P embed.cmake: a text file as a C string.
file(READ ${IN} text HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${text}")
string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes "${bytes}")
file(WRITE ${OUT} "extern const char ${NAME}[];\nconst char ${NAME}[] = {\n${bytes}0};\n")
