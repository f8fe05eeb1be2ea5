/** Files of the httpd package of Amazon Linux 2023. */

export const apacheTestPage = '<html><body><h1>It works!</h1></body></html>\n';

export const apacheSettings = `ServerRoot "/etc/httpd"

Listen 80

Include conf.modules.d/*.conf

User apache
Group apache

ServerAdmin root@localhost

<Directory />
    AllowOverride none
    Require all denied
</Directory>

DocumentRoot "/var/www/html"

<Directory "/var/www/html">
    Options Indexes FollowSymLinks
    AllowOverride None
    Require all granted
</Directory>

<IfModule dir_module>
    DirectoryIndex index.html
</IfModule>

ErrorLog "logs/error_log"
LogLevel warn
CustomLog "logs/access_log" combined

AddDefaultCharset UTF-8

IncludeOptional conf.d/*.conf
`;
