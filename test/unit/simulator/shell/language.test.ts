// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell parameters, not templates.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { quoteForShell } from '../../../../src/base/shellQuoting';
import { GuestBench } from '../../../support/guestConsole';

/** Runs each script on a fresh guest and compares all that the terminal shows. */
function prints(cases: readonly (readonly [script: string, text: string])[]): () => Promise<void> {
  return async () => {
    for (const [script, text] of cases) assert.equal((await new GuestBench().run(script)).text, text, script);
  };
}

describe('the shell language', () => {
  it(
    'keeps what is quoted as it is',
    prints([
      [`echo 'a  $HOME' "b  $USER" c\\ \\ d`, 'a  $HOME b  ssm-user c  d\n'],
      [`echo "it's" 'say "hi"' "a\\"b" \\'x\\'`, `it's say "hi" a"b 'x'\n`],
      [`echo 'it'\\''s' "\\$HOME \\\\ \\n"`, `it's $HOME \\ \\n\n`],
      [`printf '<%s>' "" a"" '' "a b"c; echo`, '<><a><><a bc>\n'],
      [`x='a b'; printf '<%s>' $x "$x" '$x'; echo`, '<a><b><a b><$x>\n'],
      [`echo "$(echo "in \\"quotes\\"")"`, 'in "quotes"\n'],
    ]),
  );

  it('gives back any printable text that quoteForShell has quoted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 30 }), async text => {
        const { text: shown } = await new GuestBench().run(`printf '%s' ${quoteForShell(text)}`);
        assert.equal(shown, text);
      }),
      { numRuns: 60 },
    );
  });

  it(
    'splits unquoted results at IFS and nothing else',
    prints([
      [`x=' a  b '; printf '<%s>' $x; echo`, '<a><b>\n'],
      [`IFS=:; x='a::b:'; printf '<%s>' $x; echo`, '<a><><b>\n'],
      [`IFS=,; set -- 1 2 3; echo "$*" $*`, '1,2,3 1 2 3\n'],
      [`set -- 'a b' c; for x in "$@"; do echo "[$x]"; done`, '[a b]\n[c]\n'],
      [`set --; printf '<%s>' "$@" end; echo`, '<end>\n'],
    ]),
  );

  it(
    'expands parameters with their operations',
    prints([
      ['unset x; echo ${x:-d} ${x-e} ${x:+f}; x=; echo ${x:-d} "${x-e}" ${x:+f}', 'd e\nd \n'],
      ['echo ${x:=set} $x', 'set set\n'],
      ['p=/usr/bin/tcpdump; echo ${p##*/} ${p%/*} ${p#/} ${p%%/*}.', 'tcpdump /usr/bin usr/bin/tcpdump .\n'],
      [
        'x=banana; echo ${#x} ${x/an/-} ${x//an/-} ${x:1:3} ${x: -2} ${x^} ${x^^}',
        '6 b-ana b--a ana na Banana BANANA\n',
      ],
      ['a=(one "two words"); a[2]=3; echo ${a[1]} ${#a[@]} "${a[@]}"', 'two words 3 one two words 3\n'],
      ['n=x; x=7; echo ${!n}', '7\n'],
    ]),
  );

  it(
    'ends a condition with 2 when its expression is none',
    prints([['[[ x =~ [z-a] ]]; echo $?; x="("; [[ x =~ $x ]]; echo $?; [[ x =~ "(" ]]; echo $?', '2\n2\n1\n']]),
  );

  it(
    'finds nothing in a range that runs backwards, but the rest of its set (bash: lib/glob/sm_loop.c)',
    prints([
      ['echo x=[{Id=sg-01}]', 'x=[{Id=sg-01}]\n'],
      ['for c in b x z; do case $c in [z-ax]) echo in;; *) echo out;; esac; done', 'out\nin\nout\n'],
      ['x=a-z.b; echo ${x//[[:alpha:]-]/} ${x#[a-]} ${x%[!z-a]}', '. -z.b a-z.\n'],
    ]),
  );

  it(
    'calculates in 64 bits',
    prints([
      [
        'i=5; echo $((i * 3 + 1)) $((7 / 2)) $((-7 % 3)) $((1 << 62)) $((2 ** 10)) $((i++)) $i',
        '16 3 -1 4611686018427387904 1024 5 6\n',
      ],
      ['echo $((0x10)) $((010)) $((1 > 2 ? 10 : 20)) $((1 << 63))', '16 8 20 -9223372036854775808\n'],
      ['((3 > 2)) && echo yes; for ((i = 0; i < 3; i++)); do echo -n $i; done; echo', 'yes\n012\n'],
    ]),
  );

  it('refuses a division by zero', async () => {
    assert.equal((await new GuestBench().run('((1 / 0)); echo $?')).text, 'sh: line 1: division by 0\n1\n');
  });

  it(
    'runs conditions, loops and functions',
    prints([
      ['for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done', '1\n3\n'],
      ['for i in 1 2; do for j in a b; do [ $j = b ] && continue 2; echo $i$j; done; done', '1a\n2a\n'],
      ['i=0; until [ $i -ge 2 ]; do i=$((i + 1)); done; echo $i; while :; do break; done; echo after', '2\nafter\n'],
      ['if false; then echo a; elif true; then echo b; else echo c; fi', 'b\n'],
      ['case foo.pcap in *.txt) echo t;; *.pcap | *.cap) echo p;; esac', 'p\n'],
      ['f() { local v=$1; echo "$v $#"; return 4; }; v=out; f in x; echo $? $v', 'in 2\n4 out\n'],
      ['[[ a.b == a.* && ! x =~ ^y ]] && echo m; [[ "a*" == "a*" ]] && echo q', 'm\nq\n'],
      ['false || echo or; true && echo and; ! false; echo $?', 'or\nand\n0\n'],
      ['{ echo a; echo b; } | while read x; do echo "<$x>"; done', '<a>\n<b>\n'],
      ['(cd /tmp; x=1; pwd); echo "${x-unset}"; pwd', '/tmp\nunset\n/usr/bin\n'],
    ]),
  );

  it(
    'redirects',
    prints([
      ['cd /tmp; echo one > f; echo two >> f; cat < f; wc -l < f', 'one\ntwo\n2\n'],
      ['{ echo out; echo err >&2; } 2>&1 | sort', 'err\nout\n'],
      ['{ echo out; echo err >&2; } 2>/dev/null >&2; echo rest', 'rest\n'],
      ['cat <<E; cat <<"E"\nhome $HOME $((1+1))\nE\nraw $HOME\nE', 'home /home/ssm-user 2\nraw $HOME\n'],
      ['cat <<-E\n\ttabs go\n\tE', 'tabs go\n'],
      ['cat <<< "a  b"; exec 3>/tmp/x; echo to3 >&3; exec 3>&-; cat /tmp/x', 'a  b\nto3\n'],
      ['cat < /none; echo $?', 'sh: line 1: /none: No such file or directory\n1\n'],
      ['echo x > /etc/motd; echo $?', 'sh: line 1: /etc/motd: Permission denied\n1\n'],
    ]),
  );

  it(
    'expands braces, tildes and file names',
    prints([
      ['echo a{1,2}{x,y} {3..1} {a..c}', 'a1x a1y a2x a2y 3 2 1 a b c\n'],
      ['echo ~ ~/x "~"', '/home/ssm-user /home/ssm-user/x ~\n'],
      ['cd /tmp; touch b.q a.q .h.q; echo *.q "*.q" [b-z].q *.none', 'a.q b.q *.q b.q *.none\n'],
    ]),
  );

  it(
    'reports what it cannot run',
    prints([
      ['nosuch; echo $?', 'sh: line 1: nosuch: command not found\n127\n'],
      ['/tmp; echo $?', 'sh: line 1: /tmp: Is a directory\n126\n'],
      ['touch /tmp/f; /tmp/f; echo $?', 'sh: line 1: /tmp/f: Permission denied\n126\n'],
      ['/no/such; echo $?', 'sh: line 1: /no/such: No such file or directory\n127\n'],
      ['echo )', "sh: -c: line 1: syntax error near unexpected token `)'\nsh: -c: line 1: `echo )'\n"],
      [
        'eval "echo )"; echo $?',
        "sh: eval: line 1: syntax error near unexpected token `)'\nsh: eval: line 1: `echo )'\n2\n",
      ],
      ['if true', 'sh: -c: line 2: syntax error: unexpected end of file\n'],
      ['echo "x', 'sh: -c: line 1: unexpected EOF while looking for matching `"\'\n'],
      [
        'echo "echo )" > /tmp/s; sh /tmp/s',
        "/tmp/s: line 1: syntax error near unexpected token `)'\n/tmp/s: line 1: `echo )'\n",
      ],
      ['set -u; echo $nope; echo not reached', 'sh: line 1: nope: unbound variable\n'],
    ]),
  );

  it(
    'counts positional parameters from 1 when it takes some of them',
    prints([
      [
        'set -- a b c d; echo ${@:2:2} "${@:3}" ${*: -1} ${@:0:2}; f() { echo "${@:2}"; }; f x y z',
        'b c c d d sh a\ny z\n',
      ],
      ['l=(a b c d); echo ${l[@]:2:2} ${l[@]: -1}', 'c d d\n'],
    ]),
  );

  it('ends at a word that cannot be expanded, and a subshell with it', async () => {
    for (const [script, complaint] of [
      [': ${Q:?is missing}', 'Q: is missing'],
      ['echo $((7 / 0))', 'division by 0'],
      ['readonly R=1; R=2', 'R: readonly variable'],
      ['set -u; echo $nope', 'nope: unbound variable'],
    ] as const) {
      const whole = await new GuestBench().run(`${script}; echo not reached`);
      assert.deepEqual([whole.text, whole.status], [`sh: line 1: ${complaint}\n`, 127], script);
      const inside = await new GuestBench().run(`(${script}; echo not reached); echo after $?`);
      assert.equal(inside.text, `sh: line 1: ${complaint}\nafter 1\n`, script);
    }
    assert.equal(
      (await new GuestBench().run('readonly R=1; unset R; echo after $?')).text,
      'sh: line 1: unset: R: cannot unset: readonly variable\nafter 1\n',
    );
  });

  it(
    'runs scripts from files, with their interpreter line',
    prints([
      [
        `printf '#!/bin/sh\\necho "$0 $1 $#"\\nexit 3\\n' > /tmp/s; chmod +x /tmp/s; /tmp/s a b; echo $?`,
        '/tmp/s a 2\n3\n',
      ],
      [`echo 'v=5' > /tmp/v; . /tmp/v; echo $v; sh -c 'echo $0 $1' name arg`, '5\nname arg\n'],
    ]),
  );

  it(
    'keeps set -e, xtrace and pipefail',
    prints([
      ['set -e; true; false || true; if false; then :; fi; false; echo no', ''],
      ['set -x; echo "a b"', "+ echo 'a b'\na b\n"],
      ['false | true; echo $?; set -o pipefail; false | true; echo $?', '0\n1\n'],
    ]),
  );

  it(
    'has the usual builtins',
    prints([
      [
        'type cd ls nosuch; command -v tcpdump',
        'cd is a shell builtin\nls is /usr/bin/ls\nsh: line 1: type: nosuch: not found\n/usr/sbin/tcpdump\n',
      ],
      ['export A=1; B=2 sh -c "echo \\$A \\$B"; echo ${B-unset}', '1 2\nunset\n'],
      [`printf '%5.1f|%-4s|%04d|%x|%c|%b\\n' 3.14159 ab 7 255 xyz 'a\\tb'`, '  3.1|ab  |0007|ff|x|a\tb\n'],
      ['echo a:b:c | { IFS=: read x y; echo "$x/$y"; }', 'a/b:c\n'],
      ['alias ll="echo listing"; ll x; eval "echo $((1+1))"; shift 2>/dev/null; echo $?', 'listing x\n2\n1\n'],
      [
        'test -d /tmp -a ! -e /none && [ "a" != b ] && echo ok; [ 1 -eq x ]; echo $?',
        'ok\nsh: line 1: [: x: integer expression expected\n2\n',
      ],
    ]),
  );

  it(
    'gives commands that run beside a name',
    prints([
      ['while read -r l; do echo "got $l"; done < <(printf \'a\\nb\\n\')', 'got a\ngot b\n'],
      ['diff <(echo a) <(echo a) && echo same; diff <(echo a) <(echo b) >/dev/null || echo other', 'same\nother\n'],
      ['echo x | tee >(cat >/tmp/copy) >/dev/null; sleep 1; cat /tmp/copy', 'x\n'],
      ['f() { cat $1; cat $2; }; f <(echo 1) <(echo 2)', '1\n2\n'],
      ['cat /dev/fd/9 2>&1; : <(true); echo $?', 'cat: /dev/fd/9: No such file or directory\n0\n'],
    ]),
  );

  it(
    'reads lines into lists',
    prints([
      ['mapfile -t a < <(seq 3); echo ${#a[@]} ${a[2]}', '3 3\n'],
      ['seq 3 >/tmp/n; readarray -n 2 a </tmp/n; printf "%s" "${a[@]}"', '1\n2\n'],
    ]),
  );

  it('remembers the lines typed at a prompt', async () => {
    const terminal = new GuestBench().open();
    terminal.type('echo one\recho two\rhistory 2\r');
    await terminal.shows('    2  echo two\r\n    3  history 2\r\n');
    terminal.type('exit\r');
    assert.equal(await terminal.end(), 0);
  });
});
