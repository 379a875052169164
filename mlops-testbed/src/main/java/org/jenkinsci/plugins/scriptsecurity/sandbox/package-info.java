/** Doubles of Jenkins' script-security: the sandbox. */
package org.jenkinsci.plugins.scriptsecurity.sandbox;
