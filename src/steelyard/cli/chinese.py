"""Help and complaints of the command line in Chinese (命令行的中文).

click speaks English by itself; here its headings and its usage errors are
said in the users' language.
"""

from __future__ import annotations

import re

import click


class ChineseCommand(click.Command):
    """A command whose help is in Chinese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        pieces = pieces.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 …")
        formatter.write_usage(ctx.command_path, pieces, prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [each for each in self.get_params(ctx) if isinstance(each, click.Option)]
        records = [option.get_help_record(ctx) for option in options]
        known = [record for record in records if record is not None]
        if known:
            with formatter.section("选项"):
                formatter.write_dl(known)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the help option with its text in Chinese."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示说明。"
        return option


class ChineseGroup(ChineseCommand, click.Group):
    """A group of commands whose help is in Chinese."""

    command_class = ChineseCommand
    group_class = type

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, each with the first sentence of its help."""
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                rows.append((name, command.get_short_help_str(limit=200)))
        with formatter.section("命令"):
            formatter.write_dl(rows)


def usage_error(error: click.UsageError) -> str:
    """Say what was wrong in how a command was called, and how to call it."""
    match error:
        case click.MissingParameter(param=click.Option() as option):
            what = f"缺少 {option.opts[0]}。"
        case click.MissingParameter(param=param) if param is not None:
            what = f"缺少{param.human_readable_name.upper()}。"
        case click.NoSuchOption(option_name=name):
            what = f"没有选项“{name}”。"
        case click.BadParameter():
            what = f"参数不对：{_in_chinese(error.message)}"
        case _ if error.message.startswith("No such command"):
            named = error.message.removeprefix("No such command").strip(" .'")
            what = f"没有命令“{named}”。"
        case _:
            what = error.format_message()
    where = "" if error.ctx is None else error.ctx.command_path
    return f"{what}\n用法见 {where or 'steelyard'} --help"


_SAID = (
    (re.compile(r"(?:File|Path|Directory) '(.*)' does not exist\."), r"没有文件“\1”。"),
    (re.compile(r"File '(.*)' is a directory\."), r"“\1”是文件夹，应为文件。"),
    (re.compile(r"Directory '(.*)' is a file\."), r"“\1”是文件，应为文件夹。"),
    (re.compile(r"'(.*)' is not a valid (?:integer|float)(?: range)?\."), r"“\1”不是数。"),
)


def _in_chinese(message: str) -> str:
    """Return click's own complaint in Chinese; one that is not known stays."""
    for shape, said in _SAID:
        message = shape.sub(said, message)
    return message
