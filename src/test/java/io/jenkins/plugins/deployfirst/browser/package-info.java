/** The pages as people use them: in a real browser, on a real Jenkins, with a real host. */
package io.jenkins.plugins.deployfirst.browser;
