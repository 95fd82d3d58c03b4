"""What all kinds of case share: tasks, signatures, rights, ladder, holds, errands, fold. It knows no kind."""
