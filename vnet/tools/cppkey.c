// SPDX-License-Identifier: GPL-2.0-only
/*
 * cppkey - what a compiler sees of a preprocessed file, in one normal form
 *
 * Reads the output of "gcc -E" on standard input and writes its tokens, each
 * run of them under the file and line that the compiler takes them to be at.
 * White space, empty lines and the way in which line numbers are announced
 * are gone; everything that can reach generated code is there, so two inputs
 * with the same normal form give the same object (as long as no debugging
 * information, which knows columns, is asked for).
 *
 * Exit status: 0 written, 1 the input refers to files that are read only by
 * the assembler (.incbin, .include), so that its text does not say everything,
 * 2 wrong usage or an error of input or output.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *text;
static size_t length;

static void die(const char *what)
{
	perror(what);
	exit(2);
}

static void read_all(void)
{
	size_t room = 8 << 20;

	text = malloc(room + 1);
	for (;;) {
		ssize_t n;

		if (!text)
			die("cppkey");
		n = read(0, text + length, room - length);
		if (n < 0)
			die("cppkey: standard input");
		if (!n)
			break;
		length += n;
		if (length == room) {
			room *= 2;
			text = realloc(text, room + 1);
		}
	}
	text[length] = '\0';
}

static bool word_char(unsigned char c)
{
	return isalnum(c) || c == '_' || c == '$' || c >= 0x80;
}

/* A literal ends at its quote, or at the end of the line if it has none. */
static const char *skip_literal(const char *p)
{
	char quote = *p++;

	while (*p && *p != '\n' && *p != quote) {
		if (*p == '\\' && p[1] && p[1] != '\n')
			p++;
		p++;
	}
	return *p == quote ? p + 1 : p;
}

static const char *skip_punctuator(const char *p)
{
	/* The longest first; one that is not here is a single character. */
	static const char *const longer[] = {
		"%:%:", "...", "<<=", ">>=", "->", "++", "--", "<<", ">>",
		"<=", ">=", "==", "!=", "&&", "||", "*=", "/=", "%=", "+=",
		"-=", "&=", "^=", "|=", "##", "<:", ":>", "<%", "%>", "%:",
	};
	size_t i;

	if (strchr("(){}[];,?~", *p))
		return p + 1;
	for (i = 0; i < sizeof(longer) / sizeof(*longer); i++)
		if (!strncmp(p, longer[i], strlen(longer[i])))
			return p + strlen(longer[i]);
	return p + 1;
}

static const char *skip_token(const char *p)
{
	bool number = isdigit((unsigned char)*p) ||
		      (*p == '.' && isdigit((unsigned char)p[1]));

	if (*p == '"' || *p == '\'')
		return skip_literal(p);
	if (!number && !word_char(*p))
		return skip_punctuator(p);
	/* A preprocessing number goes on through dots and signed exponents. */
	while (word_char(*p) || (number && *p == '.') ||
	       (number && (*p == '+' || *p == '-') &&
		strchr("eEpP", p[-1])))
		p++;
	/* The prefix of a literal, as in L"x", is part of it. */
	return *p == '"' || *p == '\'' ? skip_literal(p) : p;
}

/* # LINE "FILE" flags: NULL when this is another line that begins with #. */
static const char *line_marker(const char *p, unsigned long *line,
			       char *file, size_t size)
{
	const char *end;
	char *after;

	if (p[0] != '#' || p[1] != ' ' || !isdigit((unsigned char)p[2]))
		return NULL;
	*line = strtoul(p + 2, &after, 10);
	while (*after == ' ')
		after++;
	if (*after == '"') {
		end = skip_literal(after);
		if ((size_t)(end - after) >= size) {
			fputs("cppkey: a file name is too long\n", stderr);
			exit(2);
		}
		memcpy(file, after, end - after);
		file[end - after] = '\0';
		after = (char *)end;
	}
	return after + strcspn(after, "\n");
}

static void write_tokens(void)
{
	char file[8192] = "", written[8192] = "";
	unsigned long line = 1, next = 0;
	const char *p = text;
	bool fresh = true;		/* no token of this line is written yet */

	while (*p) {
		const char *end;

		if (*p == '\n') {
			line++;
			p++;
			if (!fresh)
				putchar_unlocked('\n');
			fresh = true;
			continue;
		}
		if (isspace((unsigned char)*p)) {
			p++;
			continue;
		}
		if (fresh) {
			end = line_marker(p, &line, file, sizeof(file));
			if (end) {
				/* It gives the number of the line after it. */
				p = *end ? end + 1 : end;
				continue;
			}
			if (line != next || strcmp(file, written)) {
				printf("@%lu %s\n", line, file);
				strcpy(written, file);
			}
			next = line + 1;
			fresh = false;
		}
		end = skip_token(p);
		fwrite_unlocked(p, 1, end - p, stdout);
		putchar_unlocked(' ');
		p = end;
	}
	if (!fresh)
		putchar_unlocked('\n');
}

int main(int argc, char **argv)
{
	if (argc > 1) {
		bool asked = !strcmp(argv[1], "--help");

		fputs("usage: gcc -E ... | cppkey\n", asked ? stdout : stderr);
		return asked ? 0 : 2;
	}
	read_all();
	if (strlen(text) != length) {
		fputs("cppkey: the input has a NUL character\n", stderr);
		return 2;
	}
	if (strstr(text, ".incbin") || strstr(text, ".include"))
		return 1;
	write_tokens();
	if (fflush(stdout))
		die("cppkey: standard output");
	return 0;
}
