/** How the AWS CLI, version 2, comes onto a machine. */
export const AWS_CLI_INSTALL_PAGE = 'https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html';
