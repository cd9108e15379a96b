package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"boardpack/templates"
)

// unit is the systemd unit of the service.
func (f manageFlags) unit(l launch) (string, error) {
	program, err := os.Executable()
	if err != nil {
		return "", err
	}
	var written []string
	for _, dir := range l.written {
		written = append(written, unitWord(dir))
	}
	command := []string{unitWord(program)}
	for _, a := range l.arguments {
		command = append(command, strings.ReplaceAll(unitWord(a), "$", "$$"))
	}
	for _, s := range append([]string{f.name, f.user, program, l.returns}, command...) {
		if strings.ContainsAny(s, "\n\r") || strings.Contains(s, "{{") {
			return "", usagef("%q cannot stand in a unit; give the folder another name", s)
		}
	}
	t, err := template.New("unit").Parse(string(templates.Must("service/boardpack.service")))
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	err = t.Execute(&b, map[string]any{"Name": f.name, "Version": version, "User": f.user, "Command": command,
		"Folder": unitSpecifiers(filepath.Dir(l.packs)), "Written": written})
	return b.String(), err
}

// unitWord is one word of a unit's setting, quoted where it must be.
func unitWord(s string) string {
	quoted := unitSpecifiers(strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s))
	if quoted == s && !strings.ContainsAny(s, " \t';") {
		return s
	}
	return `"` + quoted + `"`
}

// unitSpecifiers keeps a per cent sign from being a unit's specifier.
func unitSpecifiers(s string) string { return strings.ReplaceAll(s, "%", "%%") }
